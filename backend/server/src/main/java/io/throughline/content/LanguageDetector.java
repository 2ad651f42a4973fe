package io.throughline.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Tells whether prose is in another language than it should be, by the words that hold sentences together and by its script
/// (`content/function-words.txt`). The same text gets the same answer always, and where there is doubt the answer is: no.
///
/// An n-gram model knows more languages; it also takes names of substances for Latin and needs a hundred times the time (ADR 37).
final class LanguageDetector {

    /// Words of prose that a piece must have: below, names and headings decide.
    static final int FEWEST_WORDS = 8;
    /// Share of the words that begin in lower case; lists of names have fewer.
    private static final double LOWER_CASE = 0.4;
    /// Of all words so many must be the other language's own, counted by how much each says.
    private static final double SHARE = 0.1;
    private static final double LEAST = 1.5;
    private static final double MARGIN = 2;
    /// So many different ones: a table's head repeats one abbreviation.
    private static final int DIFFERENT = 3;
    /// A text that is in a script by this share of its letters is written in it.
    private static final double IN_SCRIPT = 0.6;
    /// Characters that say as much as one word where words are not parted.
    private static final int CHARACTERS_PER_WORD = 2;

    /// Japanese of so many words has kana in it.
    private static final int WITHOUT_KANA = 20;

    private record Entry(String language, double weight) {}

    private static final Map<String, List<Entry>> WORDS = load();
    private static final List<String> LATIN = WORDS.values().stream().flatMap(List::stream).map(Entry::language).distinct().sorted().toList();
    /// Languages that are told by their script alone, with the scripts they are written in.
    private static final Map<UnicodeScript, List<String>> BY_SCRIPT = Map.of(
            UnicodeScript.HIRAGANA, List.of("ja"),
            UnicodeScript.HAN, List.of("zh", "ja"),
            UnicodeScript.HANGUL, List.of("ko"),
            UnicodeScript.CYRILLIC, List.of("ru", "uk", "bg", "be", "sr", "mk"),
            UnicodeScript.GREEK, List.of("el"),
            UnicodeScript.ARABIC, List.of("ar", "fa", "ur"),
            UnicodeScript.HEBREW, List.of("he"),
            UnicodeScript.THAI, List.of("th"));

    private LanguageDetector() {}

    /// The language that a text is in instead of `expected`; empty where it is in that one, is too short, or can't be told.
    static Optional<String> otherThan(String expected, List<String> words) {
        var script = script(words);
        if (script == UnicodeScript.LATIN) {
            return otherLatin(expected, words);
        }
        if (script == UnicodeScript.HAN && expected.equals("ja")) {
            return size(words) < WITHOUT_KANA ? Optional.empty() : Optional.of("zh");
        }
        var languages = BY_SCRIPT.getOrDefault(script, List.of());
        return languages.isEmpty() || languages.contains(expected) || isShort(words) ? Optional.empty() : Optional.of(languages.getFirst());
    }

    static boolean isShort(List<String> words) {
        return size(words) < FEWEST_WORDS;
    }

    /// Words, or what says as much.
    static int size(List<String> words) {
        int size = 0;
        for (var word : words) {
            size += isUnparted(UnicodeScript.of(word.codePointAt(0))) ? Math.max(1, word.length() / CHARACTERS_PER_WORD) : 1;
        }
        return size;
    }

    /// Whether a word holds sentences together in that language.
    static boolean holds(String language, String word) {
        return WORDS.getOrDefault(word.toLowerCase(Locale.ROOT), List.of()).stream().anyMatch(it -> it.language().equals(language));
    }

    static boolean isUnparted(UnicodeScript script) {
        return script == UnicodeScript.HAN || script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA || script == UnicodeScript.THAI;
    }

    private static Optional<String> otherLatin(String expected, List<String> words) {
        if (words.size() < FEWEST_WORDS || words.stream().filter(it -> Character.isLowerCase(it.codePointAt(0))).count() < LOWER_CASE * words.size()) {
            return Optional.empty();
        }
        if (!LATIN.contains(expected) && BY_SCRIPT.values().stream().noneMatch(it -> it.contains(expected))) {
            return Optional.empty(); // what its own words are nobody knows here
        }
        var scores = new HashMap<String, Double>();
        var different = new HashMap<String, Set<String>>();
        for (var word : words) {
            if (word.length() > 1) { // a letter alone stands for a number, a group or a unit
                var lower = word.toLowerCase(Locale.ROOT);
                for (var entry : WORDS.getOrDefault(lower, List.of())) {
                    scores.merge(entry.language(), entry.weight(), Double::sum);
                    different.computeIfAbsent(entry.language(), _ -> new HashSet<>()).add(lower);
                }
            }
        }
        var best = LATIN.stream().filter(scores::containsKey).reduce((a, b) -> score(scores, b) > score(scores, a) ? b : a);
        return best.filter(it -> !it.equals(expected) && different.getOrDefault(it, Set.of()).size() >= DIFFERENT && score(scores, it) >= Math.max(LEAST, SHARE * words.size())
                && score(scores, it) >= MARGIN * score(scores, expected));
    }

    private static double score(Map<String, Double> scores, String language) {
        return scores.getOrDefault(language, 0.0);
    }

    /// The one that most letters are in; kana among Chinese characters make the text Japanese. Common where none prevails.
    private static UnicodeScript script(List<String> words) {
        var letters = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
        int all = 0;
        for (var word : words) {
            for (int i = 0; i < word.length(); i++) {
                letters.merge(UnicodeScript.of(word.charAt(i)), 1, Integer::sum);
                all++;
            }
        }
        int kana = letters.getOrDefault(UnicodeScript.HIRAGANA, 0) + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
        int han = letters.getOrDefault(UnicodeScript.HAN, 0);
        if (kana + han > IN_SCRIPT * all) {
            return kana * 10 > kana + han ? UnicodeScript.HIRAGANA : UnicodeScript.HAN;
        }
        for (var it : letters.entrySet()) {
            if (it.getValue() > IN_SCRIPT * all) {
                return it.getKey();
            }
        }
        return UnicodeScript.COMMON;
    }

    private static Map<String, List<Entry>> load() {
        var languages = new HashMap<String, List<String>>();
        try (var in = Objects.requireNonNull(LanguageDetector.class.getResourceAsStream("/content/function-words.txt"))) {
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                var parts = line.startsWith("#") ? new String[0] : line.strip().split("\\s+");
                for (int i = 1; i < parts.length; i++) {
                    var languagesOf = languages.computeIfAbsent(parts[i], _ -> new ArrayList<>());
                    if (!languagesOf.contains(parts[0])) {
                        languagesOf.add(parts[0]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var entries = new HashMap<String, List<Entry>>();
        languages.forEach((word, all) -> entries.put(word, all.stream().map(it -> new Entry(it, 1.0 / all.size())).toList()));
        return Map.copyOf(entries);
    }
}
