package io.throughline.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a locale's text stands to the text that it was copied from (LC-1).
///
/// @param locale   of the source
/// @param version  of the source; null when a draft was copied
/// @param revision of the draft that was copied; null when a version was
/// @param state    of the whole
/// @param equal    the pieces that still stand as in the source and have something to translate
public record LocalCopy(String locale, @Nullable Integer version, @Nullable Integer revision, State state, List<Piece> equal) {

    public enum State {
        /// Word for word the source's.
        UNTRANSLATED,
        /// Word for word the source's, and a writer said that it is right so.
        CONFIRMED,
        /// Some pieces are the source's.
        PARTLY_TRANSLATED,
        TRANSLATED
    }

    /// @param path  JSON pointer of a field
    /// @param start in UTF-16 units of its text, inclusive
    /// @param end   exclusive
    public record Piece(String path, int start, int end) {}

    public LocalCopy {
        equal = List.copyOf(equal);
    }

    static LocalCopy of(LocaleSource source, TranslationRules.Comparison comparison, boolean confirmed) {
        var state = comparison.whole() && confirmed ? State.CONFIRMED : comparison.whole() ? State.UNTRANSLATED : comparison.equal().isEmpty() ? State.TRANSLATED : State.PARTLY_TRANSLATED;
        return new LocalCopy(source.locale(), source.version(), source.revision(), state,
                comparison.equal().stream().map(it -> new Piece(it.path(), it.start(), it.end())).toList());
    }
}
