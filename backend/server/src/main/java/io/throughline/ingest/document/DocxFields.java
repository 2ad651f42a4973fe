package io.throughline.ingest.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The fields of a Word document, which run over many runs and nest: an instruction, then what it shows. Those of
/// reference managers become citations; of all others only what they show counts.
final class DocxFields {

    private static final Pattern NUMERIC = Pattern.compile("(?U)[\\s\\[\\](),;\\d*‐‑‒–—−-]*");

    private static final class Field {
        private final StringBuilder instruction = new StringBuilder();
        private final StringBuilder shown = new StringBuilder();
        private List<Map<String, Object>> works = List.of();
        private boolean shows;
    }

    private final ArrayDeque<Field> open = new ArrayDeque<>();
    private final Map<Map<String, Object>, Integer> numbers = new LinkedHashMap<>();

    List<Map<String, Object>> works() {
        return List.copyOf(numbers.keySet());
    }

    void begin() {
        open.push(new Field());
    }

    /// A field whose works are known already.
    void beginCited(List<Map<String, Object>> works) {
        var field = new Field();
        field.works = works;
        field.shows = true;
        open.push(field);
    }

    void instruction(String text) {
        if (!open.isEmpty() && !open.peek().shows) {
            open.peek().instruction.append(text);
        }
    }

    void separate() {
        if (!open.isEmpty()) {
            open.peek().shows = true;
            open.peek().works = CslFields.ofInstruction(open.peek().instruction.toString());
        }
    }

    /// True when the text belongs to a field and must not stand in the document: an instruction, or a printed citation
    /// that is written by [#end].
    boolean takes(String text) {
        for (var field : open) {
            if (!field.works.isEmpty()) {
                field.shown.append(text);
                return true;
            }
        }
        return false;
    }

    void end(InlineRun run) {
        if (open.isEmpty()) {
            return;
        }
        var field = open.pop();
        if (!field.shows) {
            field.works = CslFields.ofInstruction(field.instruction.toString());
        }
        if (field.works.isEmpty()) {
            return;
        }
        // Names, pages and whatever else was printed stay; numbers are given anew.
        if (!NUMERIC.matcher(field.shown).matches()) {
            run.text(field.shown + " ");
        }
        var seen = new ArrayList<Integer>();
        for (var work : field.works) {
            var number = numbers.computeIfAbsent(work, ignored -> numbers.size() + 1);
            if (!seen.contains(number)) {
                run.text(seen.isEmpty() ? "" : ", ").cite(number);
                seen.add(number);
            }
        }
    }
}
