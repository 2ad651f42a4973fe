package io.throughline.bench;

import io.throughline.shared.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Texts of plausible length and shape, made up from a few words; the same generator state gives the same text.
final class Words {

    private static final List<String> SUBJECTS = List.of("Titration", "Long-term treatment", "Early diagnosis", "Shared care", "Adherence",
            "Dose adjustment", "Follow-up", "Combination therapy", "Renal function", "Patient selection", "Monitoring", "Quality of life");
    private static final List<String> SETTINGS = List.of("in primary care", "after hospital discharge", "in older patients", "in clinical practice",
            "in patients with comorbidities", "during the first year", "in specialist clinics", "at home", "in randomised studies", "in registries");
    private static final List<String> VERBS = List.of("was associated with", "reduced", "improved", "had no measurable effect on", "preceded",
            "depended on", "was followed by", "remained stable with respect to");
    private static final List<String> OBJECTS = List.of("hospital admissions", "symptom burden", "exercise capacity", "blood pressure", "exacerbations",
            "headache days", "glycated haemoglobin", "treatment discontinuation", "visits to the emergency department", "sleep quality");
    private static final List<String> TAILS = List.of("over twelve months of observation", "in the intention-to-treat population",
            "compared with usual care", "when the dose was adjusted every two weeks", "irrespective of age and sex",
            "with wide confidence intervals", "in most subgroups that were specified beforehand", "in a pooled analysis of four studies");

    private Words() {}

    static String title(RandomGenerator random, int number) {
        return pick(random, SUBJECTS) + " " + pick(random, SETTINGS) + ": " + pick(random, OBJECTS) + ", part " + number;
    }

    static String sentence(RandomGenerator random) {
        return pick(random, SUBJECTS) + " " + pick(random, SETTINGS) + " " + pick(random, VERBS) + " " + pick(random, OBJECTS) + " "
                + pick(random, TAILS) + ".";
    }

    /// Markdown with headings, emphasis, a list and, in longer texts, a table.
    static String body(RandomGenerator random, int sentences) {
        var text = new StringBuilder("## Background\n\n");
        for (int i = 1; i <= sentences; i++) {
            text.append(sentence(random)).append(i % 4 == 0 ? "\n\n" : " ");
            if (i % 16 == 0) {
                text.append("## ").append(pick(random, SUBJECTS)).append("\n\n- **").append(pick(random, OBJECTS)).append("** ")
                        .append(pick(random, TAILS)).append("\n- ").append(sentence(random)).append("\n\n");
            }
        }
        if (sentences >= 24) {
            text.append("\n\n| outcome | treated | control |\n|---|---|---|\n");
            OBJECTS.subList(0, 5).forEach(outcome -> text.append("| ").append(outcome).append(" | ").append(random.nextInt(10, 60)).append(" % | ")
                    .append(random.nextInt(10, 60)).append(" % |\n"));
        }
        return text.toString().strip();
    }

    static ObjectNode reference(RandomGenerator random, int number) {
        var csl = Json.object().put("type", "article-journal").put("title", sentence(random) + " Report " + number)
                .put("container-title", "Journal of Invented Results").put("volume", Integer.toString(random.nextInt(1, 80)))
                .put("page", random.nextInt(1, 400) + "-" + random.nextInt(400, 800)).put("DOI", "10.5555/bench." + number);
        var authors = csl.putArray("author");
        for (int i = 0; i < 4; i++) {
            authors.addObject().put("family", "Author" + random.nextInt(500)).put("given", "A.");
        }
        csl.putObject("issued").putArray("date-parts").addArray().add(random.nextInt(2005, 2026));
        return csl;
    }

    static <T> T pick(RandomGenerator random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
