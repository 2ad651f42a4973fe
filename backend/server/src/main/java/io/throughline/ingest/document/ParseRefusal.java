package io.throughline.ingest.document;

/// The file was not read.
///
/// @param code stable; clients may switch on [Code#slug()]
/// @param detail one or two plain sentences: what is wrong and what to do next
public record ParseRefusal(Code code, String detail) implements ParseOutcome {

    public ParseRefusal {
        if (detail.isBlank()) {
            throw new IllegalArgumentException("a refusal without a detail leaves the person who sent the file alone");
        }
    }

    public enum Code {
        UNSUPPORTED_FORMAT,
        FILE_PROTECTED,
        FILE_BROKEN,
        FILE_TOO_LARGE,
        FILE_EMPTY,
        DOCUMENT_HAS_NO_TEXT,
        PARSE_TIMEOUT,
        TOO_COMPLEX;

        /// As it stands in answers and job results: `file-too-large`.
        public String slug() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
