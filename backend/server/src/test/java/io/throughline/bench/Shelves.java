package io.throughline.bench;

import io.throughline.shared.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
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

    /// They make more contexts of the same cost; no slot shows more than three.
    private static final List<Integer> LIMITS = IntStream.rangeClosed(4, 83).boxed().toList();

    private Shelves() {}

    /// What a channel asks for, as the two sides that are compared have to put it.
    ///
    /// @param path of the content set
    /// @param query for the index: what yields the candidates of that set, the newest fifty
    record Context(String path, String query) {}

    /// Every combination of audience, stage, need, market, brand and some limits, in a fixed order without any pattern.
    static List<Context> contexts() {
        var contexts = new ArrayList<Context>();
        for (var journey : List.of(PROFESSIONALS, PATIENTS, CAREGIVERS, PAYERS)) {
            for (var audience : journey.audiences()) {
                for (var stage : journey.stages()) {
                    for (var need : NEEDS) {
                        for (var market : MARKETS) {
                            var path = "/v1/content-sets?audience=" + audience + "&stage=" + stage + "&need=" + need + "&market=" + market.code()
                                    + "&locale=" + market.locale();
                            var any = query(journey, audience, stage, need, market, null);
                            LIMITS.forEach(limit -> contexts.add(new Context(path + "&limit=" + limit, any)));
                            for (var brand : BRANDS) {
                                var own = query(journey, audience, stage, need, market, brand);
                                LIMITS.forEach(limit -> contexts.add(new Context(path + "&limit=" + limit + "&brand=" + brand, own)));
                            }
                        }
                    }
                }
            }
        }
        Collections.shuffle(contexts, new Random(7));
        return contexts;
    }

    private static String query(Journey journey, String audience, String stage, String need, Market market, @Nullable String brand) {
        var filter = Json.mapper().createArrayNode();
        put(filter, "kind", journey.equals(PROFESSIONALS) ? List.of("promotional", "non-promotional", "scientific-exchange") : List.of("non-promotional"));
        put(filter, "market", List.of(market.code()));
        put(filter, "locale", List.of(market.locale()));
        put(filter, "audience", journey.audiences().stream()
                .filter(other -> other.equals(audience) || other.startsWith(audience + ".") || audience.startsWith(other + ".")).toList());
        put(filter, "stage", List.of(stage));
        put(filter, "need", List.of(need));
        either(filter, "channel", "web");
        if (brand != null) {
            either(filter, "brand", brand);
        }
        filter.addObject().putObject("range").putObject("effectiveFrom").put("lte", "now");
        filter.addObject().putObject("range").putObject("effectiveUntil").put("gt", "now");
        var search = Json.object().put("size", 50).put("track_total_hits", false).put("stored_fields", "_none_");
        search.putArray("docvalue_fields").add("id");
        search.putObject("query").putObject("bool").set("filter", filter);
        search.putArray("sort").addObject().put("approvedAt", "desc");
        return Json.text(search);
    }

    private static void put(ArrayNode filter, String field, List<String> values) {
        var list = filter.addObject().putObject("terms").putArray(field);
        values.forEach(list::add);
    }

    private static void either(ArrayNode filter, String field, String value) {
        var should = filter.addObject().putObject("bool").putArray("should");
        should.addObject().putObject("term").put(field, value);
        should.addObject().putObject("bool").putArray("must_not").addObject().putObject("exists").put("field", field);
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
