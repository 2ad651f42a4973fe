package io.throughline.demo;

import io.throughline.shared.Json;
import io.throughline.taxonomy.Brand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.node.ObjectNode;

/// The demo portfolio as it is written in `resources/demo`.
final class DemoFiles {

    static final List<String> BRANDS = List.of("cardelune", "glyvanta", "respirelle", "lumigrane");

    record BrandFile(Brand brand, Map<String, ObjectNode> references, List<DemoItem> items) {}

    /// One item. Items name each other by `name`; `markets` says how far it goes in each market.
    record DemoItem(
            String name,
            String type,
            String kind,
            @Nullable String locale,
            String title,
            @Nullable String summary,
            @Nullable String body,
            @Nullable String text,
            @Nullable String question,
            @Nullable Boolean basic,
            @Nullable Boolean efficacy,
            @Nullable Integer readingAge,
            @Nullable String establishedName,
            @Nullable String labelUrl,
            @Nullable List<String> audience,
            @Nullable List<String> stage,
            @Nullable List<String> need,
            @Nullable List<String> topic,
            @Nullable List<String> channel,
            @Nullable List<String> references,
            @Nullable List<String> claims,
            @Nullable List<ObjectNode> anchors,
            @Nullable List<ObjectNode> variations,
            @Nullable List<ObjectNode> steps,
            @Nullable List<ObjectNode> rules,
            @Nullable String safety,
            @Nullable String pi,
            @Nullable Integer validDays,
            @Nullable String withdrawalReason,
            @Nullable Map<String, String> markets) {

        String localeOrDefault() {
            return locale == null ? "en-GB" : locale;
        }

        /// Names of the items that this one points at.
        List<String> uses() {
            var names = new ArrayList<String>();
            if (safety != null) {
                names.add(safety);
            }
            if (pi != null) {
                names.add(pi);
            }
            if (claims != null) {
                names.addAll(claims);
            }
            if (steps != null) {
                steps.stream().filter(it -> it.has("item")).forEach(it -> names.add(it.path("item").asString()));
            }
            if (rules != null) {
                for (var rule : rules) {
                    rule.path("items").forEach(it -> names.add(it.asString()));
                    if (rule.has("item")) {
                        names.add(rule.path("item").asString());
                    }
                }
            }
            return names;
        }

        Map<String, String> marketStates() {
            return markets == null ? Map.of() : markets;
        }
    }

    record DemoStrategy(String name, @Nullable String brand, String summary, List<ObjectNode> objectives) {}

    record DemoBrief(String title, String brand, String objective, String audience, String stage, String need, String market, int dueDay,
            List<String> keyMessages) {}

    record DemoDemand(String channel, String audience, String stage, String need, String market, @Nullable String brand, long requests,
            long relaxed, long empty) {}

    private DemoFiles() {}

    static BrandFile brand(String key) {
        return Json.mapper().convertValue(load(key + ".yaml"), BrandFile.class);
    }

    static List<DemoStrategy> strategies() {
        return List.of(Json.mapper().convertValue(load("strategies.yaml"), DemoStrategy[].class));
    }

    static List<DemoBrief> briefs() {
        return List.of(Json.mapper().convertValue(load("briefs.yaml"), DemoBrief[].class));
    }

    static List<DemoDemand> demand() {
        return List.of(Json.mapper().convertValue(load("demand.yaml"), DemoDemand[].class));
    }

    private static Object load(String file) {
        try (var in = new ClassPathResource("demo/" + file).getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo file " + file + " can't be read", e);
        }
    }
}
