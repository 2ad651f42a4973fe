package io.throughline.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Bytes of an answer, in pieces: the documents that many answers share are not copied into each of them.
final class Body {

    /// The first `length` bytes of an array that is never written to.
    private record Piece(byte[] bytes, int length) {}

    static final class Builder {

        private final List<Piece> pieces = new ArrayList<>();
        private int length;

        Builder add(byte[] bytes) {
            return add(bytes, bytes.length);
        }

        /// @param length how many of the bytes, from the first
        Builder add(byte[] bytes, int length) {
            pieces.add(new Piece(bytes, length));
            this.length += length;
            return this;
        }

        Body done() {
            return new Body(List.copyOf(pieces), length);
        }
    }

    private final List<Piece> pieces;
    private final int length;

    private Body(List<Piece> pieces, int length) {
        this.pieces = pieces;
        this.length = length;
    }

    /// @param bytes not written to any more
    static Body of(byte[] bytes) {
        return new Builder().add(bytes).done();
    }

    /// In bytes.
    int length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (int i = 0; i < pieces.size(); i++) {
            out.write(pieces.get(i).bytes(), 0, pieces.get(i).length());
        }
    }

    /// A copy in one piece.
    byte[] joined() {
        var out = new ByteArrayOutputStream(length);
        try {
            writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes every byte", impossible);
        }
        return out.toByteArray();
    }
}
