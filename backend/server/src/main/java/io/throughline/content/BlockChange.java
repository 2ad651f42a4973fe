package io.throughline.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one block of a document came through an edit.
///
/// @param id    stable within one comparison: `b1`, `b2` …
/// @param words the block's words in reading order, each with what happened to it
public record BlockChange(String id, Kind kind, String field, @Nullable String heading, List<WordOp> words) {

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        UNCHANGED
    }

    public enum Op {
        SAME,
        INS,
        DEL
    }

    /// A run of words, white space included, that stayed, came or went together.
    public record WordOp(Op op, String text) {}

    public BlockChange {
        words = List.copyOf(words);
    }
}
