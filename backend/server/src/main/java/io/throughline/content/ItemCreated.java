package io.throughline.content;

/// An item came into being, with its first draft. Published inside the transaction.
public record ItemCreated(String itemId) {}
