package io.throughline.content;

/// A draft became an immutable version. Published inside the transaction.
public record VersionSubmitted(String itemId, String locale, int number) {}
