package io.throughline.ingest.document;

import io.throughline.ingest.document.ParseRefusal.Code;

/// Counts what the reading of one file costs and stops it at the limit. One per file, used by one thread.
final class ParseBudget {

    private final ParseLimits limits;
    private final long deadlineNanos;
    private long unpacked;
    private int elements;
    private long characters;

    ParseBudget(ParseLimits limits) {
        this.limits = limits;
        this.deadlineNanos = System.nanoTime() + limits.time().toNanos();
    }

    ParseLimits limits() {
        return limits;
    }

    void spendElement(int depth) {
        if (depth > limits.depth()) {
            throw Refused.tooComplex("Its elements are nested more than %d deep.".formatted(limits.depth()));
        }
        if (++elements > limits.elements()) {
            throw Refused.tooComplex("It has more than %d elements.".formatted(limits.elements()));
        }
        if (elements % 256 == 0) {
            checkTime();
        }
    }

    void spendCharacters(int count) {
        characters += count;
        if (characters > limits.characters()) {
            throw Refused.tooComplex("Its text is longer than %d characters.".formatted(limits.characters()));
        }
    }

    void spendPages(int pages) {
        if (pages > limits.pages()) {
            throw Refused.tooComplex("It has %d pages; at most %d are read.".formatted(pages, limits.pages()));
        }
    }

    /// @param packed size of the stream before unpacking, for the ratio
    /// @param soFar what this stream has given, the bytes of `more` included
    void spendUnpacked(int more, long soFar, long packed) {
        unpacked += more;
        if (unpacked > limits.unpackedBytes()) {
            throw Refused.tooComplex(
                    "Unpacked, it is larger than %d MB.".formatted(limits.unpackedBytes() / (1024 * 1024)));
        }
        if (soFar > 1024 * 1024 && soFar / Math.max(1, packed) > limits.compressionRatio()) {
            throw Refused.tooComplex(
                    "A part of it unpacks to more than %d times its size.".formatted(limits.compressionRatio()));
        }
        checkTime();
    }

    /// Also answers the watchdog's interrupt, so that a reading that was given up really ends.
    void checkTime() {
        if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadlineNanos > 0) {
            throw timeout(limits);
        }
    }

    static Refused timeout(ParseLimits limits) {
        return new Refused(
                Code.PARSE_TIMEOUT,
                "Reading the file took longer than %d seconds and was given up. Split the document or save it in a simpler form, then send it again."
                        .formatted(Math.max(1, limits.time().toSeconds())));
    }
}
