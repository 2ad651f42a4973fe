package io.throughline.delivery.choice;

import static io.throughline.delivery.choice.Shelf.NOW;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Readable;
import io.throughline.delivery.choice.Shelf;
import io.throughline.content.Kinds;
import io.throughline.delivery.sets.SetRequest;
import io.throughline.publication.EvidenceGrade;
import io.throughline.shared.BrandScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Draws a catalogue and a context from a seed: small worlds in which everything occurs.
final class RandomCatalogue {

    private static final List<BrandScope> SCOPES = List.of(BrandScope.EVERY, BrandScope.EVERY, BrandScope.EVERY, new BrandScope(Set.of("velorix")),
            new BrandScope(Set.of("velorix", BrandScope.UNBRANDED)), new BrandScope(Set.of(BrandScope.UNBRANDED)));

    private static final List<String> NEEDS = List.of("dosing", "titration", "treatment-decision", "interactions", "refer-share-care");
    private static final List<String> STAGES = List.of("unaware", "aware", "considering", "trying", "adopted");
    private static final List<String> BRANDS = List.of("velorix", "cardovel", "");

    private RandomCatalogue() {}

    /// @param everyPair safety and prescribing information with their windows
    record Drawn(int seed, SetContext context, List<Candidate> candidates, List<Candidate> everyPair, Instant now) {

        /// What is published and effective, as the caller of the composer finds it.
        Map<String, Candidate> paired() {
            var paired = new LinkedHashMap<String, Candidate>();
            everyPair.stream().filter(pair -> pair.window().contains(now)).forEach(pair -> paired.put(pair.itemId(), pair));
            return paired;
        }

        Drawn at(Instant moment) {
            return new Drawn(seed, context, candidates, everyPair, moment);
        }

        SetRequest request() {
            return request(UnaryOperator.identity());
        }

        SetRequest request(UnaryOperator<List<String>> order) {
            return new SetRequest(context.channelKey(), context.channel(), order.apply(List.copyOf(context.kinds())), context.audience(), context.stage(),
                    context.need(), context.market(), context.locales(), order.apply(List.copyOf(context.brands())), context.readable().brands(), context.limit(),
                    order.apply(List.copyOf(context.seen())), null, true, order.apply(List.of("GB", "DE")), null);
        }
    }

    static Drawn draw(int seed) {
        var random = new Random(seed * 31L + 7);
        var byPointer = new LinkedHashMap<String, Candidate>();
        int size = 5 + random.nextInt(50);
        for (int i = 0; i < size; i++) {
            var candidate = candidate(random, "i" + random.nextInt(35));
            byPointer.put(candidate.publicationId(), candidate); // one current publication per item, market and locale
        }
        var pairs = new ArrayList<Candidate>();
        for (var kind : Kinds.IN_ORDER) {
            if (random.nextInt(8) > 0) {
                pairs.add(Shelf.safety("saf-" + kind).kind(kind).effective(NOW.minusSeconds(300), NOW.plusSeconds(20 + random.nextInt(200))).published());
            }
        }
        if (random.nextInt(8) > 0) {
            pairs.add(Shelf.prescribing("pi").effective(NOW.minusSeconds(300), NOW.plusSeconds(20 + random.nextInt(200))).published());
        }
        return new Drawn(seed, context(random), List.copyOf(byPointer.values()), List.copyOf(pairs), NOW);
    }

    private static Candidate candidate(Random random, String id) {
        var candidate = random.nextInt(3) == 0 ? Shelf.claim(id) : Shelf.article(id);
        var kind = any(random, Kinds.IN_ORDER);
        candidate.kind(kind)
                .market(random.nextInt(5) == 0 ? "DE" : "GB")
                .locale(random.nextInt(4) == 0 ? "en-US" : random.nextInt(9) == 0 ? "de-DE" : "en-GB")
                .audience(any(random, List.of("hcp", "hcp", "hcp.primary-care", "patient", "hcp.nurse")))
                .need(some(random, NEEDS))
                .stage(some(random, STAGES))
                .evidence(any(random, List.of(EvidenceGrade.values())))
                .approvedAt("202" + random.nextInt(7) + "-0" + (1 + random.nextInt(9)) + "-01T00:00:00Z")
                .effective(NOW.plusSeconds(random.nextInt(100) - 95L), NOW.plusSeconds(random.nextInt(120) + 5L));
        var brand = any(random, BRANDS);
        if (!brand.isEmpty()) {
            candidate.brand(brand);
        }
        if (random.nextInt(6) == 0) {
            candidate.channel("email");
        }
        if (random.nextInt(4) == 0) {
            candidate.efficacy();
        }
        if (random.nextInt(5) > 0) {
            candidate.pairedWith("saf-" + (random.nextInt(9) == 0 ? any(random, Kinds.IN_ORDER) : kind), "pi");
        }
        return candidate.published();
    }

    private static SetContext context(Random random) {
        var need = random.nextInt(5) == 0 ? null : "dosing";
        var stage = random.nextInt(5) == 0 ? null : "considering";
        boolean patient = random.nextInt(6) == 0;
        var kinds = random.nextInt(3) > 0 ? Kinds.IN_ORDER : List.of(any(random, Kinds.IN_ORDER));
        var goals = new ArrayList<SetContext.Goal>();
        for (int i = random.nextInt(3); i > 0; i--) {
            goals.add(new SetContext.Goal("obj_" + i, Set.copyOf(List.of("considering", any(random, STAGES))), Set.of(any(random, NEEDS)),
                    random.nextBoolean() ? Set.of() : Set.of("velorix"), null, random.nextDouble()));
        }
        var capped = new ArrayList<String>();
        var seen = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < 35; i++) {
            if (random.nextInt(6) == 0) {
                seen.put("i" + i, 1 + random.nextInt(3));
            }
            if (random.nextInt(8) == 0) {
                capped.add("i" + i);
            }
        }
        return new SetContext("heartline", "web", patient ? "patient" : "hcp.primary-care", patient ? Set.of("patient") : Set.of("hcp.primary-care", "hcp"),
                stage, stage == null ? Map.of() : Map.of("unaware", 2, "aware", 1, "considering", 0, "trying", 1, "adopted", 2), stage == null ? null : "trying",
                need, need == null ? Map.of() : Shelf.NEEDS, "GB", List.of("en-GB", "en-US"),
                random.nextInt(3) == 0 ? Set.of("velorix") : Set.of(), new Readable("web", any(random, SCOPES)), Set.copyOf(kinds),
                patient ? Map.of(Kinds.PROMOTIONAL, "EU-2", Kinds.SCIENTIFIC_EXCHANGE, "US-9") : Map.of(), Shelf.market(random.nextBoolean()),
                random.nextBoolean() ? seen : Map.of(), random.nextInt(3) == 0 ? Set.copyOf(capped) : Set.of(), random.nextInt(5) == 0,
                1 + random.nextInt(5), null, List.of(), goals);
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String[] some(Random random, List<String> values) {
        return random.nextInt(3) == 0 ? new String[] {any(random, values), any(random, values)} : new String[] {any(random, values)};
    }
}
