package io.throughline.content;

import io.throughline.taxonomy.MarketPack;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a market pack (`content-schema/market-packs`), of the same closed set of types as those that people write. Each
/// counts as if it stood in every item that it is for. Pure.
final class PackRules {

    private static final Set<String> LINKS = Set.of("/safetyInformation", "/prescribingInformation");

    private PackRules() {}

    /// The pack's rules for items of a kind and type, in their order, as JSON that [Rules#read] takes.
    ///
    /// @param ids of the items that the pack names by key; a key that no item has stays, and is never there
    static List<ObjectNode> of(MarketPack pack, String kind, String type, Map<String, String> ids) {
        return pack.rules().stream()
                .filter(rule -> isFor(rule.path("kinds"), kind) && isFor(rule.path("contentTypes"), type))
                .map(rule -> plain(rule, ids))
                .toList();
    }

    /// Keys and ids of the items that the pack's rules speak of.
    static Set<String> targets(MarketPack pack) {
        var targets = new LinkedHashSet<String>();
        for (var rule : pack.rules()) {
            targets.addAll(DocumentLinks.strings(rule.path("items")));
            if (rule.has("item")) {
                targets.add(rule.path("item").asString(""));
            }
        }
        return targets;
    }

    /// A rule as it binds a publication of the document, for serving: what it asks of a field becomes the item that the field
    /// names. What it asks of the text itself was judged before publication and holds for good.
    ///
    /// @param efficacy whether the document claims efficacy, itself or through a claim in it
    /// @param narrower an audience with everything below it
    static List<ObjectNode> bind(List<ObjectNode> rules, String owner, String market, JsonNode document, boolean efficacy,
            Function<String, Set<String>> narrower) {
        var bound = new ArrayList<ObjectNode>();
        for (var rule : rules) {
            var copy = rule.deepCopy();
            var pointer = rule.path("pointer").asString("");
            if (!pointer.isEmpty()) {
                var value = document.at(pointer);
                boolean pairing = "pairing".equals(rule.path("type").asString(""));
                if (pairing ? !efficacy : !LINKS.contains(pointer) && !RequiredFields.isEmpty(value)) {
                    continue;
                }
                // no item has a pointer for its id: what is missing is never there
                var target = value.asString("").isBlank() ? pointer : value.asString("");
                copy.remove("pointer");
                if (LINKS.contains(pointer)) {
                    // what accompanies an item is paired with it, whichever of the two the market asks for
                    copy.put("type", "pairing").put("item", target);
                } else {
                    copy.putArray("items").add(target);
                }
            }
            // who allows a channel or an audience is the market, so that all its publications share one such rule
            boolean shared = copy.has("channels") || copy.has("audiences");
            bound.add(Rules.bind(shared ? market : owner, copy, narrower));
        }
        return bound;
    }

    private static boolean isFor(JsonNode named, String value) {
        return named.isMissingNode() || named.valueStream().anyMatch(it -> it.asString("").equals(value));
    }

    private static ObjectNode plain(ObjectNode rule, Map<String, String> ids) {
        var plain = rule.deepCopy();
        plain.remove(List.of("kinds", "contentTypes"));
        if (rule.has("items")) {
            var items = plain.putArray("items");
            rule.path("items").forEach(it -> items.add(ids.getOrDefault(it.asString(""), it.asString(""))));
        }
        if (rule.has("item")) {
            plain.put("item", ids.getOrDefault(rule.path("item").asString(""), rule.path("item").asString("")));
        }
        return plain;
    }
}
