package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reader did not take over as it stands, counted by its kind, with the first words of each where words are concerned.
final class LeftOut {

    private static final int MOST_SAMPLES = 5;
    private static final int LONGEST_SAMPLE = 80;

    private static final class Kind {
        private int count;
        private final List<String> samples = new ArrayList<>();
    }

    private final String verb;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    LeftOut() {
        this("Left out");
    }

    /// @param verb what was done: `Accepted` for insertions of tracked changes
    LeftOut(String verb) {
        this.verb = verb;
    }

    /// @param what plural, as in “embedded objects”
    void count(String what) {
        kinds.computeIfAbsent(what, ignored -> new Kind()).count++;
    }

    /// @param words that were left out; nothing is counted when there are none
    void words(String what, String words) {
        var shown = Whitespace.collapse(words);
        if (shown.isEmpty()) {
            return;
        }
        count(what);
        var samples = kinds.computeIfAbsent(what, ignored -> new Kind()).samples;
        if (samples.size() < MOST_SAMPLES) {
            samples.add("“" + (shown.length() > LONGEST_SAMPLE ? shown.substring(0, LONGEST_SAMPLE) + "…" : shown) + "”");
        }
    }

    List<String> warnings() {
        var sentences = new ArrayList<String>();
        kinds.forEach((what, kind) -> sentences.add(kind.samples.isEmpty()
                ? "%s: %s (%d).".formatted(verb, what, kind.count)
                : "%s: %s (%d): %s%s.".formatted(verb, what, kind.count, String.join(", ", kind.samples), kind.count > kind.samples.size() ? ", …" : "")));
        return sentences;
    }
}
