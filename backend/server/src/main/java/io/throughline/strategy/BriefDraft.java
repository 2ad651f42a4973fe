package io.throughline.strategy;

import io.throughline.content.ContentTypes;
import io.throughline.content.Contents;
import io.throughline.shared.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// The first document of an item that a brief asks for: its classification, the key messages as a skeleton of the text, the
/// claims linked, the modules named. Only fields that the content type has are filled.
@Component
class BriefDraft {

    private final ContentTypes types;
    private final Contents contents;

    BriefDraft(ContentTypes types, Contents contents) {
        this.types = types;
        this.contents = contents;
    }

    /// Empty for a type that does not exist.
    Optional<ObjectNode> document(Brief brief, String type) {
        return types.find(type).map(it -> {
            Set<String> fields = new HashSet<>();
            it.fields().forEach(field -> fields.add(field.path("name").asString("")));
            var modules = brief.modules().stream().flatMap(id -> contents.findItem(id).stream()).map(item -> item.key()).toList();
            return of(brief, fields, modules);
        });
    }

    /// @param modules keys of the brief's modules
    static ObjectNode of(Brief brief, Set<String> fields, List<String> modules) {
        var document = Json.object().put("title", brief.title());
        if (fields.contains("question")) {
            document.put("question", brief.title());
        }
        if (fields.contains("text")) {
            document.put("text", brief.keyMessages().isEmpty() ? brief.title() : brief.keyMessages().getFirst());
        }
        if (fields.contains("body")) {
            document.put("body", skeleton(brief, modules));
        }
        if (fields.contains("claims") && !brief.claims().isEmpty()) {
            var claims = document.putArray("claims");
            brief.claims().forEach(claims::add);
        }
        if (fields.contains("steps") && !brief.modules().isEmpty()) {
            var steps = document.putArray("steps");
            for (int i = 0; i < brief.modules().size(); i++) {
                steps.addObject().put("title", i < modules.size() ? modules.get(i) : "Step " + (i + 1)).put("item", brief.modules().get(i));
            }
        }
        var classification = document.putObject("classification");
        classification.putArray("audience").add(brief.audience());
        classification.putArray("stage").add(brief.stage());
        classification.putArray("need").add(brief.need());
        return document;
    }

    private static String skeleton(Brief brief, List<String> modules) {
        var parts = new ArrayList<String>();
        brief.keyMessages().forEach(it -> parts.add("## " + literal(it)));
        brief.claims().forEach(it -> parts.add(":claim[" + it + "]"));
        if (!modules.isEmpty()) {
            parts.add("Approved modules to use: " + String.join(", ", modules) + ".");
        }
        return String.join("\n\n", parts);
    }

    /// A key message is plain text: nothing in it is Markdown, HTML or a directive of ours (S17, S21).
    static String literal(String text) {
        return text.strip().replaceAll("([\\\\`*_\\[\\]<>#&~])", "\\\\$1");
    }
}
