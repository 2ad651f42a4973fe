package io.throughline.supply;

import io.throughline.shared.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A published advisory about a library, as `advisories.json` keeps it.
///
/// @param component `group/name`
/// @param from      the first version that it concerns, inclusive
/// @param before    the version that mends it, exclusive
record Advisory(String id, String component, String from, String before, String about) {

    static List<Advisory> list() throws IOException {
        var all = new ArrayList<Advisory>();
        try (var in = Objects.requireNonNull(Advisory.class.getResourceAsStream("/advisories.json"))) {
            for (var it : Json.parse(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)).path("advisories")) {
                all.add(new Advisory(it.path("id").asString(), it.path("component").asString(), it.path("from").asString(), it.path("before").asString(),
                        it.path("about").asString()));
            }
        }
        return all;
    }

    boolean concerns(String otherComponent, String version) {
        return component.equals(otherComponent) && compare(from, version) <= 0 && compare(version, before) < 0;
    }

    /// Number by number; `1.85` comes before `1.85.1`, and what is no number (`Final`, `jre`) counts for nothing.
    static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[^0-9]+")).filter(it -> !it.isEmpty()).mapToInt(Integer::parseInt).toArray();
    }
}
