package io.throughline.delivery.choice;

import static io.throughline.delivery.choice.Shelf.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.Candidate;
import io.throughline.delivery.choice.Shelf;
import io.throughline.delivery.Receipts;
import io.throughline.delivery.items.DeliveredItem;
import io.throughline.delivery.items.Document;
import io.throughline.delivery.sets.ContentSetJson;
import io.throughline.delivery.choice.Composition.Chosen;
import io.throughline.delivery.choice.RandomCatalogue.Drawn;
import io.throughline.shared.SharedSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What holds for every catalogue and every context. A failure names the seed that shows it again.
class ContentSetPropertyTests {

    private static final int CATALOGUES = 400;

    private final ContentSetJson json = new ContentSetJson(new Receipts(_ -> new byte[SharedSecrets.MAC_LENGTH]));

    private static void always(Consumer<Drawn> property) {
        for (int seed = 1; seed <= CATALOGUES; seed++) {
            var drawn = RandomCatalogue.draw(seed);
            try {
                property.accept(drawn);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    private static Composition compose(Drawn drawn) {
        return compose(drawn, drawn.candidates());
    }

    private static Composition compose(Drawn drawn, List<Candidate> candidates) {
        return Composer.compose(drawn.context(), candidates, drawn.paired(), drawn.now());
    }

    private static List<String> ids(Composition.Filled slot) {
        return slot.items().stream().map(chosen -> chosen.candidate().itemId()).toList();
    }

    private String bytes(Drawn drawn, Composition set) {
        var items = new LinkedHashMap<String, DeliveredItem>();
        var document = Document.of("{}".getBytes(StandardCharsets.UTF_8));
        set.candidates().forEach(candidate -> items.put(candidate.itemId(), new DeliveredItem(document, null)));
        return new String(json.write(drawn.request(), drawn.context(), set, items, Shelf.LATER, 7).body().joined(), StandardCharsets.UTF_8);
    }

    @Test
    void theDrawnCataloguesAreWorthTheName() {
        var filled = new ArrayList<String>();
        var kinds = new ArrayList<String>();
        var rules = new ArrayList<String>();
        always(drawn -> {
            var set = compose(drawn);
            set.slots().stream().filter(slot -> !slot.items().isEmpty()).forEach(slot -> filled.add(slot.slot().text()));
            kinds.add(String.valueOf(set.kind()));
            set.excluded().forEach(one -> rules.add(one.rule()));
        });
        assertThat(filled).contains("lead", "proof", "support", "safety", "next");
        assertThat(kinds).contains("promotional", "non-promotional", "scientific-exchange", "null");
        assertThat(rules).contains("allowedMarket", "locale", "kind", "EU-2", "allowedAudience", "allowedChannel", "brand", "window", "frequency-cap",
                "contact-budget", "US-2", "rank", "relaxation");
    }

    @Test
    void theSameContextGivesTheSameBytesInWhateverOrderCandidatesCome() {
        always(drawn -> {
            var first = bytes(drawn, compose(drawn));
            var shuffled = new ArrayList<>(drawn.candidates());
            for (int i = 0; i < 3; i++) {
                Collections.shuffle(shuffled, new Random(drawn.seed() + i));
                assertThat(bytes(drawn, compose(drawn, shuffled))).isEqualTo(first);
            }
        });
    }

    @Test
    void theSetIsTheSameWithAndWithoutItsAccountInWhateverOrderCandidatesCome() {
        always(drawn -> {
            var explained = compose(drawn);
            var shuffled = new ArrayList<>(drawn.candidates());
            Collections.shuffle(shuffled, new Random(drawn.seed()));
            var plain = Composer.compose(drawn.context(), shuffled, drawn.paired(), drawn.now(), false);
            assertThat(plain.excluded()).isEmpty();
            assertThat(plain).usingRecursiveComparison().ignoringFields("excluded").isEqualTo(explained);
        });
    }

    @Test
    void theOrderOfValuesInARequestMeansNothing() {
        always(drawn -> {
            var random = new Random(drawn.seed());
            assertThat(drawn.request(it -> shuffled(it, random))).isEqualTo(drawn.request()).hasSameHashCodeAs(drawn.request());
        });
    }

    private static List<String> shuffled(List<String> values, Random random) {
        var shuffled = new ArrayList<>(values);
        shuffled.addAll(values);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Test
    @Tag("US-9")
    void kindsNeverMix() {
        always(drawn -> {
            var set = compose(drawn);
            assertThat(set.candidates()).allSatisfy(candidate -> assertThat(candidate.kind()).isEqualTo(set.kind()));
        });
    }

    @Test
    @Tag("EU-2")
    void promotionNeverReachesPatients() {
        always(drawn -> {
            if (drawn.context().audience().startsWith("patient")) {
                assertThat(compose(drawn).candidates()).noneMatch(Candidate::promotional);
            }
        });
    }

    @Test
    void theMarketIsNeverRelaxedAndLocalesOnlyAlongTheirChain() {
        always(drawn -> {
            var set = compose(drawn);
            assertThat(set.candidates()).allSatisfy(candidate -> {
                assertThat(candidate.market()).isEqualTo(drawn.context().market());
                assertThat(drawn.context().locales()).contains(candidate.locale());
            });
            assertThat(set.relaxed()).extracting(Composition.Relaxation::dimension).isSubsetOf("need", "stage", "locale");
        });
    }

    @Test
    @Tag("RV-7")
    void nothingIsServedOutsideItsWindowAtAnyClock() {
        always(drawn -> {
            var random = new Random(drawn.seed());
            for (int i = 0; i < 5; i++) {
                var now = NOW.plusSeconds(random.nextInt(400) - 200L);
                var at = drawn.at(now);
                var set = compose(at);
                // by the bounds themselves: asking the window would let a wrong window judge itself
                assertThat(set.candidates()).noneMatch(it -> it.window().from() != null && now.isBefore(it.window().from()))
                        .noneMatch(it -> it.window().until() != null && !now.isBefore(it.window().until()));
                if (set.nextChange() != null) {
                    assertThat(set.nextChange()).isAfter(now);
                    assertThat(changes(at, set)).noneMatch(change -> change.isAfter(now) && change.isBefore(set.nextChange()));
                }
            }
        });
    }

    private static List<Instant> changes(Drawn drawn, Composition set) {
        return set.candidates().stream().map(candidate -> candidate.window().until()).toList();
    }

    @Test
    @Tag("RV-7")
    void aWithdrawnItemIsGoneNothingRefusedComesInItsPlaceAndTheRestKeepsItsOrder() {
        always(drawn -> {
            var before = compose(drawn);
            for (var gone : before.candidates().stream().filter(candidate -> !candidate.facets().slots().contains("safety")).toList()) {
                var left = drawn.candidates().stream().filter(candidate -> !candidate.itemId().equals(gone.itemId())).toList();
                var after = compose(drawn, left);
                assertThat(after.candidates()).noneMatch(candidate -> candidate.itemId().equals(gone.itemId()));
                for (var slot : after.slots()) {
                    if (slot.slot() != Slot.SAFETY) {
                        assertThat(slot.items()).extracting(Chosen::candidate).allSatisfy(candidate ->
                                assertThat(Admission.refuse(drawn.context(), candidate, drawn.paired(), drawn.now())).isEmpty());
                    }
                }
                if (gone.kind().equals(after.kind())) {
                    keepsOrder(before, after);
                }
            }
        });
    }

    private static void keepsOrder(Composition before, Composition after) {
        for (int i = 0; i < before.slots().size(); i++) {
            var then = ids(before.slots().get(i));
            var now = ids(after.slots().get(i));
            assertThat(now.stream().filter(then::contains)).containsExactlyElementsOf(then.stream().filter(now::contains).toList());
        }
    }

    @Test
    void whatAnItemIsWorthDoesNotDependOnTheOthers() {
        always(drawn -> {
            var set = compose(drawn);
            for (var slot : set.slots()) {
                slot.items().stream().filter(chosen -> chosen.score() != null).forEach(chosen -> {
                    var alone = compose(drawn, List.of(chosen.candidate()));
                    assertThat(alone.slots().stream().flatMap(it -> it.items().stream())
                            .filter(it -> it.candidate().equals(chosen.candidate())).map(Chosen::score)).hasSize(1);
                    var fit = Fit.in(slot.slot(), drawn.context(), chosen.candidate());
                    assertThat(Ranking.score(drawn.context(), chosen.candidate(), fit, slot.slot())).isEqualTo(chosen.score());
                });
            }
        });
    }

    @Test
    void noSlotHoldsMoreThanItsPlacesOrTheLimitNorAnItemTwice() {
        always(drawn -> {
            var set = compose(drawn);
            for (var slot : set.slots()) {
                if (slot.slot() != Slot.SAFETY) {
                    assertThat(slot.items()).hasSizeLessThanOrEqualTo(Math.min(slot.slot().capacity(), drawn.context().limit()));
                }
                assertThat(slot.items().stream().map(Chosen::score).filter(score -> score != null)).isSortedAccordingTo(Collections.reverseOrder());
            }
            assertThat(set.candidates()).extracting(Candidate::itemId).doesNotHaveDuplicates();
        });
    }

    @Test
    @Tag("US-2")
    void safetyInformationIsThereWheneverItIsRequired() {
        always(drawn -> {
            var set = compose(drawn);
            var safety = set.slots().stream().filter(slot -> slot.slot() == Slot.SAFETY).findFirst().orElseThrow();
            var ranked = set.candidates().stream().filter(candidate -> !ids(safety).contains(candidate.itemId())).toList();
            ranked.stream().filter(Candidate::requiresSafetyInformation).forEach(candidate ->
                    assertThat(ids(safety)).contains(candidate.facets().safetyInformation()));
            if (ranked.stream().anyMatch(candidate -> candidate.promotional() || candidate.facets().efficacyClaim())) {
                assertThat(safety.mandatory()).isTrue();
                assertThat(safety.items()).isNotEmpty();
            }
        });
    }

    @Test
    void aSpentBudgetKeepsPromotionOutAndACapItsItem() {
        always(drawn -> {
            var context = drawn.context();
            var chosen = compose(drawn).slots().stream().filter(slot -> slot.slot() != Slot.SAFETY)
                    .flatMap(slot -> slot.items().stream()).map(Chosen::candidate).toList();
            if (context.budgetSpent()) {
                assertThat(chosen).noneMatch(Candidate::promotional);
            }
            chosen.stream().filter(candidate -> context.capped().contains(candidate.itemId())).forEach(candidate -> {
                assertThat(candidate.promotional()).isFalse();
                assertThat(context.need()).isNotNull();
                assertThat(Fit.of(context, candidate).need().meets()).isTrue();
            });
        });
    }

    @Test
    void aSlotHoldsOneStepOfRelaxationAndTellsIt() {
        always(drawn -> {
            var set = compose(drawn);
            for (var slot : set.slots()) {
                if (slot.slot() == Slot.SAFETY) {
                    continue;
                }
                var steps = slot.items().stream().map(chosen -> Fit.in(slot.slot(), drawn.context(), chosen.candidate()).step()).collect(Collectors.toSet());
                assertThat(steps).hasSizeLessThanOrEqualTo(1);
                var told = set.relaxed().stream().anyMatch(one -> one.slot().equals(slot.slot().text()) && !one.dimension().equals("locale"));
                assertThat(told).isEqualTo(!steps.isEmpty() && !steps.equals(Set.of(0)));
            }
        });
    }

    @Test
    @Tag("GD-5")
    void whatWasConsideredIsInTheSetOrLeftOutWithARule() {
        always(drawn -> {
            var set = compose(drawn);
            var told = set.excluded().stream().map(Composition.Exclusion::id).collect(Collectors.toSet());
            set.candidates().forEach(candidate -> told.add(candidate.itemId()));
            assertThat(told).containsAll(drawn.candidates().stream().filter(candidate -> Slot.RANKED.stream()
                    .anyMatch(slot -> candidate.facets().slots().contains(slot.text()))).map(Candidate::itemId).toList());
            assertThat(set.excluded()).allSatisfy(one -> assertThat(Map.of("rule", one.rule(), "detail", one.detail()).values()).noneMatch(String::isBlank));
        });
    }
}
