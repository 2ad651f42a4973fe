package io.throughline.journey;

import io.throughline.shared.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the real articles are tagged when nobody reads them: by words of the title and by the type that the publisher gave.
///
/// - **Topics**: every topic one of whose words begins a word of the title ([#TOPICS]). An article without a topic is not tagged.
/// - **Need and stage**: the first line of [#QUESTIONS] whose words begin a word of the title; otherwise by the article's type:
///   an opinion (editorial, commentary, letter) is for somebody who gets to know the disease, a case report or a review for
///   somebody who decides, everything else is evidence to judge for somebody who is aware of it.
/// - **Audience**: `hcp` for all. No brand, and nothing in it is promotion, whatever the tags are.
final class TaggingRule {

    private static final Map<String, Pattern> TOPICS = topics();

    private record Question(Pattern words, String need, String stage) {}

    private static final Question[] QUESTIONS = {
            new Question(words("safety|adverse|tolerab|toxic|side effect|contaminat"), "safety-tolerability", "trying"),
            new Question(words("dose|dosing|dosage|titrat|once daily|regimen"), "dosing", "trying"),
            new Question(words("diagnos|screen|detect|predict|prognos|biomarker"), "recognise-disease", "aware"),
            new Question(words("quality of life|expectation|education|feedback|knowledge|counsel|self-"), "talk-with-patient", "supporting-patients"),
            new Question(words("guideline|implement|follow-up|long-term|monitor|manage"), "monitor-adjust", "adopted"),
            new Question(words("discharge|home|school|primary care|community"), "refer-share-care", "system-efficiency"),
            new Question(words("versus|vs|compar|choice|efficacy|effect"), "treatment-decision", "considering"),
            new Question(words("randomi|trial|controlled|placebo"), "judge-evidence", "considering"),
    };

    private static final Set<String> OPINIONS = Set.of("editorial", "article-commentary", "letter", "discussion", "opinion-article", "book-review", "other");
    private static final Set<String> DECISIONS = Set.of("case-report", "review-article");

    private TaggingRule() {}

    /// The classification of an article.
    ///
    /// @param type of the publisher: `research-article`, `review-article`…
    static Optional<ObjectNode> classify(String title, String type) {
        var topics = TOPICS.entrySet().stream().filter(it -> it.getValue().matcher(title).find()).map(Map.Entry::getKey).toList();
        if (topics.isEmpty()) {
            return Optional.empty();
        }
        for (var question : QUESTIONS) {
            if (question.words().matcher(title).find()) {
                return Optional.of(classification(topics, question.need(), question.stage()));
            }
        }
        if (OPINIONS.contains(type)) {
            return Optional.of(classification(topics, "understand-condition", "unaware"));
        }
        return Optional.of(DECISIONS.contains(type)
                ? classification(topics, "treatment-decision", "considering")
                : classification(topics, "judge-evidence", "aware"));
    }

    private static ObjectNode classification(Iterable<String> topics, String need, String stage) {
        var classification = Json.object();
        classification.putArray("audience").add("hcp");
        classification.putArray("stage").add(stage);
        classification.putArray("need").add(need);
        var list = classification.putArray("topic");
        topics.forEach(list::add);
        return classification;
    }

    private static Map<String, Pattern> topics() {
        var topics = new LinkedHashMap<String, Pattern>();
        topics.put("cardiology", words("cardi|heart|myocard|coronary|vascular"));
        topics.put("cardiology.hypertension", words("hypertens|blood pressure|preeclampsia"));
        topics.put("diabetes", words("diabet|insulin|glyc"));
        topics.put("diabetes.obesity", words("obes|overweight|weight"));
        topics.put("respiratory", words("asthma|copd|pulmonary|lung|airway|pneumonia"));
        topics.put("neurology", words("brain|stroke|epilep|alzheimer|dementia|neuro|migraine|cognitive"));
        topics.put("oncology", words("cancer|tumou?r|onco|chemotherap|survivorship"));
        topics.put("infectious", words("hiv|malaria|plasmodium|tubercul|infect|virus|viral|vaccin|covid|hepatitis"));
        topics.put("mental-health", words("depress|anxiety|schizophren|psych|mood"));
        topics.put("surgery", words("surg|anaesth|anesth|analgesi|operative|laparoscop|intubat|sedation"));
        topics.put("musculoskeletal", words("arthrit|spondyl|muscle|knee|shoulder|ankle|spine|pain"));
        topics.put("nutrition", words("nutrition|diet|exercise|supplement|whey|vitamin|physical activity"));
        topics.put("kidney", words("kidney|renal|dialysis|urolog|incontinence|prostat"));
        topics.put("digestive", words("gastr|bowel|celiac|coeliac|ulcer|liver|colon|colorect"));
        topics.put("dental", words("dental|oral health|tooth|dentition|canine"));
        topics.put("womens-health", words("pregnan|perinatal|breast|women|labou?r"));
        topics.put("paediatrics", words("child|infant|paediatric|pediatric|neonat"));
        return topics;
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(?:" + alternatives + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static Optional<ObjectNode> classify(JsonNode manifestEntry) {
        return classify(manifestEntry.path("title").asString(), manifestEntry.path("article_type").asString("").toLowerCase(Locale.ROOT));
    }
}
