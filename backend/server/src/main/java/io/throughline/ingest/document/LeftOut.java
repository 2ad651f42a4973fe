package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reader did not take over, counted by its kind, with the first words of each where words were lost.
final class LeftOut {

    private static final int MOST_SAMPLES = 5;
    private static final int LONGEST_SAMPLE = 80;

    private static final class Kind {
        private int count;
        private final List<String> samples = new ArrayList<>();
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

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
                ? "Left out: %s (%d).".formatted(what, kind.count)
                : "Left out: %s (%d): %s%s.".formatted(what, kind.count, String.join(", ", kind.samples), kind.count > kind.samples.size() ? ", …" : "")));
        return sentences;
    }
}
