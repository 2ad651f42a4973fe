package io.throughline.delivery.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Bytes of an answer, in pieces: the documents that many answers share are not copied into each of them.
public final class Body {

    /// The first `length` bytes of an array that is never written to.
    private record Piece(byte[] bytes, int length) {}

    public static final class Builder {

        private final List<Piece> pieces = new ArrayList<>();
        private int length;

        public Builder add(byte[] bytes) {
            return add(bytes, bytes.length);
        }

        /// @param length how many of the bytes, from the first
        public Builder add(byte[] bytes, int length) {
            pieces.add(new Piece(bytes, length));
            this.length += length;
            return this;
        }

        public Body done() {
            return new Body(List.copyOf(pieces), length);
        }
    }

    private final List<Piece> pieces;
    private final int length;
    /// Made when somebody first asks for it; two who do at once make the same bytes.
    private volatile @Nullable Body compressed;

    private Body(List<Piece> pieces, int length) {
        this.pieces = pieces;
        this.length = length;
    }

    /// @param bytes not written to any more
    public static Body of(byte[] bytes) {
        return new Builder().add(bytes).done();
    }

    /// In bytes.
    int length() {
        return length;
    }

    /// The same in gzip. Kept, so that an answer in a cache is compressed once.
    Body compressed() {
        var kept = compressed;
        if (kept == null) {
            var out = new ByteArrayOutputStream(length / 3 + 64);
            try (var gzip = new Gzip(out)) {
                writeTo(gzip);
            } catch (IOException impossible) {
                throw new UncheckedIOException("memory takes every byte", impossible);
            }
            kept = of(out.toByteArray());
            compressed = kept;
        }
        return kept;
    }

    /// Level 4: a third of the usual level's time for some percent more bytes, since most answers are compressed while somebody waits.
    private static final class Gzip extends GZIPOutputStream {

        Gzip(OutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(4);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        for (int i = 0; i < pieces.size(); i++) {
            out.write(pieces.get(i).bytes(), 0, pieces.get(i).length());
        }
    }

    /// A copy in one piece.
    public byte[] joined() {
        var out = new ByteArrayOutputStream(length);
        try {
            writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes every byte", impossible);
        }
        return out.toByteArray();
    }
}
