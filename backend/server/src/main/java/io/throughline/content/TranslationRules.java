package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import io.throughline.shared.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// LC-1: a locale's text is not its source's, word for word. Pure.
///
/// Compared are the words alone: numbers, citations, claims and marks may stay. A piece that holds nothing to translate (a name, a
/// dose, a claim) and an equal title are no fault.
final class TranslationRules {

    static final String RULE = "LC-1";

    private static final int MAX_WARNINGS = 20;
    private static final int QUOTED_WORDS = 8;
    /// Where words are not parted.
    private static final int CHARACTERS_OF_PROSE = 4;
    /// They go with a number and are the same in many languages.
    private static final Set<String> UNITS = Set.of("kg", "g", "mg", "µg", "μg", "mcg", "ng", "pg", "l", "dl", "ml", "µl", "mol", "mmol", "µmol", "nmol", "pmol",
            "mosm", "kcal", "kj", "mm", "cm", "m", "mmhg", "min", "h", "s", "bpm", "ie", "iu");

    /// How a text stands to the one that it was copied from.
    ///
    /// @param equal the pieces that have something to translate and are still as they were copied
    /// @param whole whether all of them are
    record Comparison(List<TextBlock> equal, boolean whole) {
        static final Comparison NONE = new Comparison(List.of(), false);

        Comparison {
            equal = List.copyOf(equal);
        }
    }

    private TranslationRules() {}

    static Comparison compare(List<TextBlock> blocks, LocaleSource source) {
        var before = new HashSet<String>();
        TextBlocks.of(source.document()).forEach(it -> before.add(key(it)));
        var language = Language.of(source.locale());
        var equal = new ArrayList<TextBlock>();
        boolean plain = false;
        boolean changed = false;
        for (var block : blocks) {
            if (block.isTitle()) {
                continue;
            }
            if (!before.contains(key(block))) {
                changed = true;
                continue;
            }
            plain |= block.words().stream().anyMatch(TranslationRules::isPlain);
            if (isProse(language, block.words())) {
                equal.add(block);
            }
        }
        return new Comparison(equal, plain && !changed);
    }

    /// Whether a writer said that a copy is right as it stands. Only one language has words that are right in two locales; a word changed, and it has to
    /// be said again.
    static boolean isConfirmed(String locale, List<TextBlock> blocks, LocaleSource source) {
        return Language.isShared(locale, source.locale()) && source.confirmed().contains(fingerprint(blocks));
    }

    /// SHA-256 over the words by field.
    static String fingerprint(List<TextBlock> blocks) {
        return Sha256.hex(blocks.stream().map(it -> it.path() + '\t' + String.join(" ", it.words())).collect(Collectors.joining("\n")));
    }

    static List<Finding> of(String locale, List<TextBlock> blocks, Comparison comparison, LocaleSource source) {
        if (isConfirmed(locale, blocks, source)) {
            return List.of();
        }
        if (comparison.whole()) {
            return List.of(new Finding("equals-source", Severity.BLOCK, place(comparison), Language.isShared(locale, source.locale())
                    ? "Adapt the text to %s: it is still that of %s, word for word. Look at spelling, units, names and what the market requires; if it is right as it stands, confirm that."
                            .formatted(locale, source.name())
                    : "Translate the text into %s: it is still that of %s, word for word.".formatted(Language.name(Language.of(locale)), source.name()), RULE));
        }
        if (Language.isShared(locale, source.locale())) {
            return List.of(); // what is right in British English mostly is in American English too
        }
        return comparison.equal().stream().limit(MAX_WARNINGS).map(it -> new Finding("block-equals-source", Severity.WARNING, it.path(),
                "Translate “%s”: it stands as in %s.".formatted(quote(it.words()), source.name()), RULE, new Finding.Span(it.start(), it.end()))).toList();
    }

    private static String place(Comparison comparison) {
        return comparison.equal().isEmpty() ? "" : comparison.equal().getFirst().path();
    }

    private static String key(TextBlock block) {
        // a list's entries keep their field; where in it they stand may change
        return block.path().replaceAll("/\\d+", "") + ' ' + block.words().stream().map(it -> it.toLowerCase(Locale.ROOT)).filter(it -> !UNITS.contains(it)).collect(Collectors.joining(" "));
    }

    /// Whether a piece surely has something to translate: a word that holds sentences together, or several that are no names.
    private static boolean isProse(String language, List<String> words) {
        return words.stream().filter(TranslationRules::isPlain).mapToInt(it -> LanguageDetector.holds(language, it) || isUnparted(it) ? 2 : 1).sum() > 1;
    }

    /// Words that begin in lower case are no names, those of up to two letters mostly units.
    private static boolean isPlain(String word) {
        return isUnparted(word) ? word.length() >= CHARACTERS_OF_PROSE
                : Character.isLowerCase(word.codePointAt(0)) && word.length() > 2 && !UNITS.contains(word);
    }

    private static boolean isUnparted(String word) {
        return LanguageDetector.isUnparted(Character.UnicodeScript.of(word.codePointAt(0)));
    }

    private static String quote(List<String> words) {
        return String.join(" ", words.subList(0, Math.min(QUOTED_WORDS, words.size()))) + (words.size() > QUOTED_WORDS ? " …" : "");
    }
}
