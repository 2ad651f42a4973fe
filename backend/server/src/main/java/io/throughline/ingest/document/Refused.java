package io.throughline.ingest.document;

import io.throughline.ingest.document.ParseRefusal.Code;

/// Leaves a reader from any depth; [DocumentParser] turns it into its refusal. Never leaves this package.
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient ParseRefusal refusal;

    Refused(Code code, String detail) {
        super(detail, null, false, false);
        this.refusal = new ParseRefusal(code, detail);
    }

    ParseRefusal refusal() {
        return refusal;
    }

    static Refused broken(String what) {
        return new Refused(
                Code.FILE_BROKEN,
                what + " Open it in the program it was made with, save it again and send the new file.");
    }

    static Refused tooComplex(String what) {
        return new Refused(Code.TOO_COMPLEX, what + " Split the document into smaller ones, or ask the sender for a clean copy.");
    }

    static Refused protectedFile() {
        return new Refused(
                Code.FILE_PROTECTED,
                "The file is protected by a password or by rights management. Save a copy without protection and send that.");
    }

    static Refused unsupported(String what, String next) {
        return new Refused(Code.UNSUPPORTED_FORMAT, what + " " + next);
    }
}
