package io.throughline.publication;

/// Something about an item's publications changed. Published inside the transaction that changed it.
public record PublicationsChanged(String itemId) {}
