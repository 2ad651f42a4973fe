package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// LC-3: a text is in the language of its locale. Pure.
///
/// What is quoted, named or listed in another language is a hint to look at; a text that is mostly in another one is not submitted.
final class LanguageRules {

    static final String RULE = "LC-3";

    private static final int MAX_HINTS = 20;
    /// Words of a whole text below which nothing is said of it.
    private static final int FEWEST_WORDS_OF_A_TEXT = 20;

    private LanguageRules() {}

    /// @param said pieces that another finding speaks of already
    static List<Finding> of(String locale, List<TextBlock> blocks, Set<TextBlock> said) {
        var expected = Language.of(locale);
        var hints = new ArrayList<Finding>();
        var all = new ArrayList<String>();
        TextBlock first = null;
        String other = null;
        int judged = 0;
        int foreign = 0;
        for (var block : blocks) {
            all.addAll(block.words());
            if (LanguageDetector.isShort(block.words())) {
                continue;
            }
            int size = LanguageDetector.size(block.words());
            judged += size;
            var found = LanguageDetector.otherThan(expected, block.words());
            if (found.isPresent()) {
                foreign += size;
                if (first == null) {
                    first = block;
                    other = found.get();
                }
                if (!said.contains(block) && hints.size() < MAX_HINTS) {
                    hints.add(new Finding("other-language", Severity.HINT, block.path(), ("Check this passage: it reads as %s, and %s is expected in %s. "
                            + "Translate it, unless it is a quotation or a name.").formatted(Language.name(found.get()), Language.name(expected), locale),
                            RULE, new Finding.Span(block.start(), block.end())));
                }
            }
        }
        var whole = LanguageDetector.size(all) < FEWEST_WORDS_OF_A_TEXT ? null : foreign * 2 > judged ? other : inShortPieces(expected, all, judged);
        return whole == null ? hints : withBlock(locale, expected, whole, first, blocks, hints);
    }

    /// A text of many short pieces is judged as one.
    private static @Nullable String inShortPieces(String expected, List<String> all, int judged) {
        return judged * 2 > LanguageDetector.size(all) ? null : LanguageDetector.otherThan(expected, all).orElse(null);
    }

    private static List<Finding> withBlock(String locale, String expected, String found, @Nullable TextBlock first, List<TextBlock> blocks, List<Finding> hints) {
        var at = first != null ? first : blocks.stream().filter(it -> !it.isTitle()).findFirst().orElse(blocks.getFirst());
        var findings = new ArrayList<Finding>();
        findings.add(new Finding("wrong-language", Severity.BLOCK, at.path(), ("Translate the text into %s: most of it reads as %s, and its locale is %s. "
                + "If it is meant to be %s, make it in a locale of that language.")
                .formatted(Language.name(expected), Language.name(found), locale, Language.name(found)), RULE, new Finding.Span(at.start(), at.end())));
        findings.addAll(hints);
        return findings;
    }
}
