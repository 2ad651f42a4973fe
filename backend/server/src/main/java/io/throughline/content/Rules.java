package io.throughline.content;

import io.throughline.content.Rule.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules as JSON: in documents under `rules` (`common.schema.json`), and with their owner beside what is published.
public final class Rules {

    private static final String OWNER = "owner";

    private Rules() {}

    /// The document's own rules in their order; the schema has judged their form.
    static List<Rule> of(JsonNode document) {
        var rules = new ArrayList<Rule>();
        document.path("rules").forEach(it -> rules.add(read(it)));
        return List.copyOf(rules);
    }

    /// What binds a publication: its own rules and those of the items it uses, for [#held] to read back.
    ///
    /// @param narrower  an audience with everything below it, so that serving needs no taxonomy
    static List<ObjectNode> bind(String owner, JsonNode document, Function<String, Set<String>> narrower) {
        var bound = new ArrayList<ObjectNode>();
        for (var rule : document.path("rules")) {
            bound.add(bind(owner, (ObjectNode) rule, narrower));
        }
        return bound;
    }

    static ObjectNode bind(String owner, ObjectNode rule, Function<String, Set<String>> narrower) {
        var bound = rule.deepCopy().put(OWNER, owner);
        if (rule.has("audiences")) {
            var all = new TreeSet<String>();
            rule.path("audiences").forEach(it -> all.addAll(narrower.apply(it.asString(""))));
            var audiences = bound.putArray("audiences");
            all.forEach(audiences::add);
        }
        return bound;
    }

    public static List<HeldRule> held(List<ObjectNode> bound) {
        return bound.stream().map(it -> new HeldRule(it.path(OWNER).asString(""), read(it))).toList();
    }

    /// @throws IllegalArgumentException for a type outside the closed set
    static Rule read(JsonNode rule) {
        var id = rule.path("id").asString("");
        var message = rule.path("message").asString("");
        var source = rule.path("source").asString("");
        return switch (rule.path("type").asString("")) {
            case "requires" -> new Rule.Requires(id, message, source, rule.has("pointer") ? new Target.Field(rule.path("pointer").asString(""))
                    : new Target.Items(List.copyOf(texts(rule, "items"))));
            case "excludes" -> new Rule.Excludes(id, message, source, texts(rule, "items"));
            case "allowedChannel" -> new Rule.AllowedChannel(id, message, source, texts(rule, "channels"));
            case "allowedAudience" -> new Rule.AllowedAudience(id, message, source, texts(rule, "audiences"));
            case "allowedMarket" -> new Rule.AllowedMarket(id, message, source, texts(rule, "markets"));
            case "maxUse" -> new Rule.MaxUse(id, message, source, rule.path("times").asInt(0),
                    Rule.Per.valueOf(rule.path("per").asString("").toUpperCase(Locale.ROOT)));
            case "order" -> new Rule.Order(id, message, source, texts(rule, "items"));
            case "pairing" -> new Rule.Pairing(id, message, source, rule.has("pointer") ? new Target.Field(rule.path("pointer").asString(""))
                    : new Target.Items(List.of(rule.path("item").asString(""))));
            case String unknown -> throw new IllegalArgumentException("no rule type '%s' is known".formatted(unknown));
        };
    }

    /// Ids of the items that the document's rules speak of.
    static Set<String> targets(JsonNode document) {
        var targets = new LinkedHashSet<String>();
        document.path("rules").forEach(rule -> {
            targets.addAll(texts(rule, "items"));
            if (rule.path("item").isString()) {
                targets.add(rule.path("item").stringValue());
            }
        });
        return targets;
    }

    /// One line that says a rule in full, for whoever reviews the text.
    static String sentence(JsonNode rule) {
        var what = switch (rule.path("type").asString("")) {
            case "requires" -> "only together with " + list(rule, "items");
            case "excludes" -> "never together with " + list(rule, "items");
            case "allowedChannel" -> "only on " + list(rule, "channels");
            case "allowedAudience" -> "only for " + list(rule, "audiences");
            case "allowedMarket" -> "only in " + list(rule, "markets");
            case "maxUse" -> "at most %d times per %s".formatted(rule.path("times").asInt(0), rule.path("per").asString(""));
            case "order" -> "before " + list(rule, "items");
            case "pairing" -> "always with " + rule.path("item").asString("");
            case String unknown -> unknown;
        };
        return "%s: %s. %s (%s)".formatted(rule.path("id").asString(""), what, rule.path("message").asString(""), rule.path("source").asString(""));
    }

    private static String list(JsonNode rule, String field) {
        return texts(rule, field).stream().collect(Collectors.joining(", "));
    }

    private static Set<String> texts(JsonNode rule, String field) {
        return DocumentLinks.strings(rule.path(field));
    }
}
