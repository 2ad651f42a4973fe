package io.throughline.demo;

import io.throughline.demo.DemoFiles.DemoItem;
import io.throughline.evidence.RegisteredReference;
import io.throughline.shared.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Turns a demo item into the document of its content type: names become ids.
record DemoDocument(Map<String, RegisteredReference> references, Map<String, String> itemIds, List<String> indications) {

    private static final Pattern CITED = Pattern.compile("(?<=[\\[ ])@([a-z0-9-]+)(?=[];])");

    ObjectNode of(DemoItem item) {
        var document = Json.object();
        document.put("title", item.title());
        putText(document, "summary", item.summary());
        putText(document, "body", cited(item.body()));
        putText(document, "text", item.text());
        putText(document, "question", item.question());
        putText(document, "establishedName", item.establishedName());
        putText(document, "labelUrl", item.labelUrl());
        if (item.basic() != null) {
            document.put("basic", item.basic());
        }
        if (item.efficacy() != null) {
            document.put("efficacyClaim", item.efficacy());
        }
        if (item.readingAge() != null) {
            document.put("readingAge", item.readingAge());
        }
        document.set("classification", classification(item));
        putItem(document, "safetyInformation", item.safety());
        putItem(document, "prescribingInformation", item.pi());
        if (item.references() != null) {
            var cited = document.putArray("references");
            for (var name : item.references()) {
                var reference = reference(name);
                cited.addObject().put("id", reference.id()).set("csl", reference.csl());
            }
        }
        if (item.claims() != null) {
            var claims = document.putArray("claims");
            item.claims().forEach(name -> claims.add(id(name)));
        }
        if (item.variations() != null) {
            document.putArray("variations").addAll(item.variations());
        }
        if (item.anchors() != null) {
            var anchors = document.putArray("anchors");
            for (var anchor : item.anchors()) {
                anchors.add(anchor.deepCopy().put("reference", reference(anchor.path("reference").asString()).id()));
            }
        }
        if (item.steps() != null) {
            var steps = document.putArray("steps");
            for (var step : item.steps()) {
                var copy = step.deepCopy();
                if (copy.has("item")) {
                    copy.put("item", id(copy.path("item").asString()));
                }
                if (copy.has("body")) {
                    copy.put("body", cited(copy.path("body").asString()));
                }
                steps.add(copy);
            }
        }
        if (item.rules() != null) {
            var rules = document.putArray("rules");
            item.rules().forEach(rule -> rules.add(rule(rule)));
        }
        return document;
    }

    private ObjectNode classification(DemoItem item) {
        var classification = Json.object();
        putList(classification, "audience", item.audience());
        putList(classification, "stage", item.stage());
        putList(classification, "need", item.need());
        putList(classification, "topic", item.topic());
        putList(classification, "indication", item.stage() == null ? List.of() : indications);
        putList(classification, "channel", item.channel());
        return classification;
    }

    private ObjectNode rule(ObjectNode written) {
        var rule = written.deepCopy();
        if (rule.has("items")) {
            var items = rule.putArray("items");
            written.path("items").forEach(name -> items.add(id(name.asString())));
        }
        if (rule.has("item")) {
            rule.put("item", id(written.path("item").asString()));
        }
        return rule;
    }

    /// `[@name; @name]` of a brand's file as citations by id.
    private @Nullable String cited(@Nullable String text) {
        return text == null ? null : CITED.matcher(text).replaceAll(it -> "@" + reference(it.group(1)).id());
    }

    private RegisteredReference reference(String name) {
        return Objects.requireNonNull(references.get(name), () -> "the brand's file has no reference '" + name + "'");
    }

    private String id(String name) {
        var id = itemIds.get(name);
        if (id == null) {
            throw new IllegalStateException("the demo item '" + name + "' is used before it is there");
        }
        return id;
    }

    private void putItem(ObjectNode document, String field, @Nullable String name) {
        if (name != null) {
            document.put(field, id(name));
        }
    }

    private static void putText(ObjectNode document, String field, @Nullable String text) {
        if (text != null) {
            document.put(field, text.strip());
        }
    }

    private static void putList(ObjectNode node, String field, @Nullable List<String> values) {
        var array = node.putArray(field);
        if (values != null) {
            values.forEach(array::add);
        }
    }
}
