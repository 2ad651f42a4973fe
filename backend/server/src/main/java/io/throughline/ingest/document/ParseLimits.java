package io.throughline.ingest.document;

import java.time.Duration;

/// What one file may cost (S31). All bounds are inclusive.
///
/// @param bytes of the file as sent
/// @param unpackedBytes of everything inside a package or compressed stream, together
/// @param compressionRatio unpacked to packed; only looked at from one megabyte unpacked
/// @param depth of nested elements
/// @param elements of all XML parts together
/// @param characters of text
/// @param pages of a PDF
/// @param time for one file; the reading is given up after it
public record ParseLimits(
        int bytes,
        long unpackedBytes,
        int compressionRatio,
        int depth,
        int elements,
        int characters,
        int pages,
        Duration time) {

    private static final int MEGABYTE = 1024 * 1024;

    public ParseLimits {
        if (bytes < 1 || unpackedBytes < 1 || compressionRatio < 1 || depth < 1 || elements < 1 || characters < 1
                || pages < 1 || !time.isPositive()) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }

    /// Four times what the largest article seen so far needs.
    public static ParseLimits standard() {
        return new ParseLimits(
                50 * MEGABYTE, 200L * MEGABYTE, 200, 100, 1_000_000, 10_000_000, 1_000, Duration.ofSeconds(30));
    }

    ParseLimits withBytes(int most) {
        return new ParseLimits(most, unpackedBytes, compressionRatio, depth, elements, characters, pages, time);
    }

    ParseLimits withTime(Duration most) {
        return new ParseLimits(bytes, unpackedBytes, compressionRatio, depth, elements, characters, pages, most);
    }
}
