package io.throughline.testing;

import io.throughline.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Rule, tests, result: the validation pack of a build. Rules are those that stand as `@Tag` on tests and those of
/// `traceability.properties`, which says in a few words what each is about; one without a test shows as such.
final class TraceabilityMatrix {

    static final Pattern RULE = Pattern.compile("(P11|A11|US|EU|UK|GD|PV|LS|LC|RV)-\\d+|S\\d+");

    /// Group, then number, so that P11-2 comes before P11-10.
    private static final Comparator<String> RULE_ORDER = Comparator.<String, String>comparing(it -> it.replaceAll("-?\\d+$", ""))
            .thenComparingInt(it -> Integer.parseInt(it.replaceAll("^.*?(\\d+)$", "$1")));

    enum Result {
        PASSED, SKIPPED, FAILED;

        Result worse(Result other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    record Test(String name, List<String> rules) {}

    private final Map<String, String> titles;
    private final Map<Test, Result> results;

    private TraceabilityMatrix(Map<String, String> titles, Map<Test, Result> results) {
        this.titles = titles;
        this.results = results;
    }

    /// What earlier runs left in the folder, without tests that are no longer there.
    static TraceabilityMatrix read(Path folder) throws IOException {
        var results = new LinkedHashMap<Test, Result>();
        var file = folder.resolve("traceability.json");
        if (Files.exists(file)) {
            var byName = new TreeMap<String, List<String>>();
            var last = new TreeMap<String, Result>();
            for (var rule : Json.parse(Files.readString(file)).path("rules")) {
                for (var test : rule.path("tests")) {
                    var name = test.path("test").asString();
                    byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(rule.path("rule").asString());
                    last.put(name, Result.valueOf(test.path("result").asString().toUpperCase(java.util.Locale.ROOT)));
                }
            }
            byName.forEach((name, rules) -> {
                if (isThere(name)) {
                    results.put(new Test(name, rules.stream().sorted().toList()), last.get(name));
                }
            });
        }
        return new TraceabilityMatrix(titles(), results);
    }

    TraceabilityMatrix with(Map<Test, Result> newer) {
        var merged = new LinkedHashMap<>(results);
        newer.keySet().forEach(test -> merged.keySet().removeIf(it -> it.name().equals(test.name())));
        merged.putAll(newer);
        return new TraceabilityMatrix(titles, merged);
    }

    void write(Path folder) throws IOException {
        var byRule = new TreeMap<String, Map<String, Result>>(RULE_ORDER);
        titles.keySet().forEach(rule -> byRule.put(rule, new TreeMap<>()));
        results.forEach((test, result) -> test.rules().forEach(rule -> byRule.computeIfAbsent(rule, _ -> new TreeMap<>()).put(test.name(), result)));

        var json = Json.object();
        var rules = json.putArray("rules");
        var table = new StringBuilder("""
                # Traceability matrix

                Which rule is proved by which automated tests, and their result in the last run. Written by the build; do not edit.

                | rule | about | result | tests |
                |---|---|---|---|
                """);
        byRule.forEach((rule, tests) -> {
            var result = tests.values().stream().reduce(Result::worse).map(it -> it.name().toLowerCase(java.util.Locale.ROOT)).orElse("no test");
            var entry = rules.addObject().put("rule", rule).put("about", titles.getOrDefault(rule, "")).put("result", result);
            var list = entry.putArray("tests");
            tests.forEach((name, one) -> list.addObject().put("test", name).put("result", one.name().toLowerCase(java.util.Locale.ROOT)));
            table.append("| %s | %s | %s | %s |\n".formatted(rule, titles.getOrDefault(rule, ""), result, String.join("<br>",
                    tests.entrySet().stream().map(it -> shown(it.getKey(), it.getValue())).toList())));
        });
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("traceability.json"), json.toPrettyString());
        Files.writeString(folder.resolve("traceability.md"), table);
    }

    private static String shown(String name, Result result) {
        var simple = name.replaceFirst("^.*\\.(?=[A-Z])", "").replace('#', '.');
        return result == Result.PASSED ? simple : "%s (%s)".formatted(simple, result.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name.replaceFirst("#.*", ""), false, TraceabilityMatrix.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError gone) {
            return false;
        }
    }

    static Map<String, String> titles() {
        var properties = new java.util.Properties();
        try (var in = TraceabilityMatrix.class.getResourceAsStream("/traceability.properties")) {
            properties.load(new java.io.InputStreamReader(java.util.Objects.requireNonNull(in), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var titles = new TreeMap<String, String>(RULE_ORDER);
        properties.forEach((rule, title) -> titles.put((String) rule, (String) title));
        return titles;
    }
}
