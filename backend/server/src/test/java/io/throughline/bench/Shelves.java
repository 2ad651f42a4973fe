package io.throughline.bench;

import io.throughline.shared.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the benchmark's portfolio is made of, and the questions that channels ask of it.
final class Shelves {

    /// A market with the locale its content is written in, and its share of the items.
    record Market(String code, String locale, int percent) {}

    /// An audience family with the stages of its own journey.
    record Journey(List<String> audiences, List<String> stages) {}

    static final List<Market> MARKETS = List.of(new Market("GB", "en-GB", 40), new Market("DE", "de-DE", 30), new Market("US", "en-US", 30));
    static final List<String> BRANDS = List.of("bench-cardio", "bench-diabetes", "bench-asthma", "bench-migraine");
    static final List<String> INDICATIONS = List.of("hfref", "type-2-diabetes", "severe-asthma", "migraine-prevention");
    static final List<String> TOPICS = List.of("cardiology.heart-failure", "diabetes.type-2", "respiratory.asthma", "neurology.migraine",
            "practice.titration", "safety.adverse-events", "outcome.quality-of-life", "practice.adherence");
    static final List<String> NEEDS = List.of("recognise-disease", "treatment-decision", "select-patient", "judge-evidence", "safety-tolerability",
            "dosing", "monitor-adjust", "talk-with-patient", "refer-share-care", "daily-life", "understand-condition", "access-reimbursement");
    static final Journey PROFESSIONALS = new Journey(
            List.of("hcp", "hcp.primary-care", "hcp.cardiology", "hcp.diabetology", "hcp.neurology", "hcp.pulmonology", "hcp.nurse", "hcp.pharmacist"),
            List.of("unaware", "aware", "considering", "trying", "adopted", "improving-outcomes", "supporting-patients", "system-efficiency"));
    static final Journey PATIENTS = new Journey(List.of("patient", "patient.newly-diagnosed", "patient.on-treatment"),
            List.of("patient.symptoms", "patient.diagnosed", "patient.deciding", "patient.starting", "patient.living-with"));
    static final Journey CAREGIVERS = new Journey(List.of("caregiver"), List.of("caregiver.learning", "caregiver.supporting"));
    static final Journey PAYERS = new Journey(List.of("payer"), List.of("payer.assessing", "payer.contracting", "payer.monitoring"));

    /// The context whose set is asked again and again, and in which what is published during the run must appear.
    static final String HOT_CONTEXT = "/v1/content-sets?audience=hcp.cardiology&stage=considering&need=dosing&market=GB&locale=en-GB";

    private Shelves() {}

    /// Every combination of audience, stage, need, market, brand and two limits, in a fixed order without any pattern.
    static List<String> contexts() {
        var paths = new ArrayList<String>();
        for (var journey : List.of(PROFESSIONALS, PATIENTS, CAREGIVERS, PAYERS)) {
            for (var audience : journey.audiences()) {
                for (var stage : journey.stages()) {
                    for (var need : NEEDS) {
                        for (var market : MARKETS) {
                            var context = "/v1/content-sets?audience=" + audience + "&stage=" + stage + "&need=" + need + "&market=" + market.code()
                                    + "&locale=" + market.locale();
                            for (int limit : List.of(20, 5)) {
                                paths.add(context + "&limit=" + limit);
                                BRANDS.forEach(brand -> paths.add(context + "&limit=" + limit + "&brand=" + brand));
                            }
                        }
                    }
                }
            }
        }
        Collections.shuffle(paths, new Random(7));
        return paths;
    }

    static Market market(RandomGenerator random) {
        int at = random.nextInt(100);
        for (var market : MARKETS) {
            at -= market.percent();
            if (at < 0) {
                return market;
            }
        }
        throw new IllegalStateException("the shares add up to less than 100");
    }

    static Journey journey(RandomGenerator random, String type) {
        if (type.equals("plain-language-summary")) {
            return random.nextInt(4) == 0 ? CAREGIVERS : PATIENTS;
        }
        return random.nextInt(12) == 0 ? PAYERS : PROFESSIONALS;
    }

    static ObjectNode classified(RandomGenerator random, ObjectNode document, Journey journey, @Nullable String brand) {
        var classification = document.putObject("classification");
        put(classification, "audience", some(random, journey.audiences(), 2));
        put(classification, "stage", some(random, journey.stages(), 2));
        put(classification, "need", some(random, NEEDS, 2));
        put(classification, "topic", some(random, TOPICS, 2));
        if (brand != null) {
            put(classification, "indication", List.of(INDICATIONS.get(BRANDS.indexOf(brand))));
        }
        if (random.nextInt(7) == 0) {
            put(classification, "channel", List.of("web", "rep-tablet"));
        }
        return document;
    }

    /// Fits [#HOT_CONTEXT] exactly.
    static ObjectNode hot(ObjectNode document) {
        var classification = Json.object();
        put(classification, "audience", List.of("hcp.cardiology"));
        put(classification, "stage", List.of("considering"));
        put(classification, "need", List.of("dosing"));
        document.set("classification", classification);
        return document;
    }

    static void put(ObjectNode classification, String dimension, List<String> notations) {
        var list = classification.putArray(dimension);
        notations.forEach(list::add);
    }

    private static List<String> some(RandomGenerator random, List<String> values, int most) {
        var chosen = new ArrayList<String>();
        int count = random.nextInt(1, most + 1);
        for (int i = 0; i < count; i++) {
            var value = Words.pick(random, values);
            if (!chosen.contains(value)) {
                chosen.add(value);
            }
        }
        return chosen;
    }
}
