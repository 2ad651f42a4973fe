package io.throughline.evidence;

/// A file in the store, named by its content.
///
/// @param sha256    hexadecimal
/// @param bytes     its length
/// @param mediaType by its content, not by its name (S20)
public record Blob(String sha256, long bytes, String mediaType) {}
