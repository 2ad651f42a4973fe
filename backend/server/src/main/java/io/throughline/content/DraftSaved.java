package io.throughline.content;

/// A draft was created, saved, started from a version, or deleted. Published inside the transaction.
public record DraftSaved(String itemId, String locale) {}
