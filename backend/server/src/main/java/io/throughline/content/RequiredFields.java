package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Invisible;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a type asks of a document before it is submitted. A draft may lack all of it but the title: whoever writes begins
/// somewhere, and is told beside each field what is still to do.
final class RequiredFields {

    private static final String EACH = "/*";

    private RequiredFields() {}

    /// One blocking finding per field that holds nothing.
    static List<Finding> findings(ContentType type, DocumentSchemas schemas, JsonNode document) {
        var findings = new ArrayList<Finding>();
        for (var pattern : type.requiredToSubmit()) {
            for (var pointer : pointers(pattern, document)) {
                if (isEmpty(document.at(pointer))) {
                    findings.add(new Finding(schemas.submissionCode(pointer), Severity.BLOCK, pointer, fillIn(type, pattern), null));
                }
            }
        }
        return findings;
    }

    /// The places a pattern stands for: `*` is each entry of the list before it, so a document without the list has none.
    static List<String> pointers(String pattern, JsonNode document) {
        int each = pattern.indexOf(EACH);
        if (each < 0) {
            return List.of(pattern);
        }
        var list = pattern.substring(0, each);
        var rest = pattern.substring(each + EACH.length());
        var pointers = new ArrayList<String>();
        for (int i = 0; i < document.at(list).size(); i++) {
            pointers.add(list + "/" + i + rest);
        }
        return pointers;
    }

    static boolean isEmpty(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty())
                || (value.isString() && Invisible.isBlank(value.stringValue()));
    }

    private static String fillIn(ContentType type, String pattern) {
        return switch (pattern) {
            case "/classification/audience" -> "Choose at least one audience.";
            case "/classification/stage" -> "Choose at least one journey stage.";
            case "/classification/need" -> "Choose at least one need.";
            case "/body" -> "Write the text.";
            case "/text" -> "Write the statement, exactly as it may be used.";
            case "/question" -> "Write the question in the words a person would use.";
            case "/claims" -> "Add at least one claim.";
            case "/efficacyClaim" -> "Say whether it claims efficacy: yes or no.";
            case "/variations/*/text" -> "Write this wording, or take it out.";
            case "/variations/*/length" -> "Say which room this wording is for: short, medium or long.";
            case "/anchors/*/reference" -> "Choose the reference that this passage stands in, or take the passage out.";
            case "/anchors/*/quote" -> "Quote the words that support the claim, exactly as they stand there, or take the passage out.";
            case "/steps/*/title" -> "Say what happens in this step, or take it out.";
            default -> "Fill in “%s”.".formatted(label(type, pattern));
        };
    }

    private static String label(ContentType type, String pointer) {
        var name = pointer.substring(1).replace('/', '.');
        for (var field : type.fields()) {
            if (field.path("name").asString("").equals(name)) {
                return field.path("label").asString(name);
            }
        }
        return name;
    }
}
