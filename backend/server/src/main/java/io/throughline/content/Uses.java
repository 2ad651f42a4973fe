package io.throughline.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which items a document shows as parts of itself, how often and in which order. Beside the text stand the items that
/// accompany it: its safety and prescribing information.
///
/// @param paths JSON pointer of the first use, by item id, in document order
/// @param text  the items in the order in which the text shows them, repeats included
/// @param listed in the order of the document's lists
record Uses(Map<String, String> paths, List<String> text, List<String> listed, Set<String> accompanying) {

    Uses {
        paths = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(paths));
        text = List.copyOf(text);
        listed = List.copyOf(listed);
        accompanying = Set.copyOf(accompanying);
    }

    static Uses of(JsonNode document) {
        var paths = new LinkedHashMap<String, String>();
        var listed = new ArrayList<String>();
        var accompanying = new HashSet<String>();
        for (var link : DocumentLinks.of(document)) {
            switch (link.relation()) {
                case "claim", "step" -> {
                    paths.putIfAbsent(link.targetId(), link.path());
                    if (!"body".equals(link.field())) {
                        listed.add(link.targetId());
                    }
                }
                case "safety-information", "prescribing-information" -> accompanying.add(link.targetId());
                default -> { /* a counterpart is another text, not a part of this one */ }
            }
        }
        return new Uses(paths, DocumentLinks.claimsInText(document), listed, accompanying);
    }

    Set<String> parts() {
        return paths.keySet();
    }

    boolean holds(String item) {
        return paths.containsKey(item) || accompanying.contains(item);
    }

    /// How often the text shows it; what is only listed counts once.
    int times(String item) {
        int shown = (int) text.stream().filter(item::equals).count();
        return shown > 0 ? shown : paths.containsKey(item) ? 1 : 0;
    }

    /// Whether `late` comes before `early`, in the text or else in the list; false where they can't be compared.
    boolean isBefore(String late, String early) {
        var sequence = text.contains(late) && text.contains(early) ? text : listed;
        int first = sequence.indexOf(late);
        int second = sequence.indexOf(early);
        return first >= 0 && second >= 0 && first < second;
    }

    String pathOf(String item) {
        return paths.getOrDefault(item, "");
    }
}
