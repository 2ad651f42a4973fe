package io.throughline.delivery.choice;

import static io.throughline.delivery.choice.Shelf.NOW;
import static io.throughline.delivery.choice.Shelf.SOON;
import static io.throughline.delivery.choice.Shelf.article;
import static io.throughline.delivery.choice.Shelf.claim;
import static io.throughline.delivery.choice.Shelf.dosingForGps;
import static io.throughline.delivery.choice.Shelf.pairs;
import static io.throughline.delivery.choice.Shelf.prescribing;
import static io.throughline.delivery.choice.Shelf.safety;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.catalogue.Candidate;
import io.throughline.delivery.choice.Shelf;
import io.throughline.content.Kinds;
import io.throughline.delivery.choice.Composition.Relaxation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ComposerTests {

    private static Composition compose(SetContext context, Map<String, Candidate> paired, Candidate... candidates) {
        return Composer.compose(context, List.of(candidates), paired, NOW);
    }

    private static List<String> in(Composition set, Slot slot) {
        return slot(set, slot).items().stream().map(chosen -> chosen.candidate().itemId()).toList();
    }

    private static Composition.Filled slot(Composition set, Slot slot) {
        return set.slots().stream().filter(filled -> filled.slot() == slot).findFirst().orElseThrow();
    }

    @Test
    void putsTheBestFitFirstAndTheOthersInSupport() {
        var set = compose(dosingForGps(), Map.of(),
                article("b").published(), article("a").audience("hcp.primary-care").published(), claim("c").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("a");
        assertThat(in(set, Slot.PROOF)).containsExactly("c");
        assertThat(in(set, Slot.SUPPORT)).containsExactly("b");
        assertThat(set.relaxed()).isEmpty();
    }

    @Test
    void anEmptySlotSaysWhyInsteadOfShowingWhatDoesNotFit() {
        var set = compose(dosingForGps(), Map.of(), article("a").published());
        assertThat(slot(set, Slot.PROOF).emptyReason()).isEqualTo("no-approved-content");
        assertThat(slot(set, Slot.SAFETY).emptyReason()).isEqualTo("not-required");
    }

    @Test
    void widensTheNeedBeforeItLeavesTheStage() {
        var set = compose(dosingForGps(), Map.of(),
                article("near").stage("trying").published(), article("broader").need("treatment-decision").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("broader");
        assertThat(set.relaxed()).contains(new Relaxation("lead", "need", "dosing", "treatment-decision"));
    }

    @Test
    void answersTheQuestionAtANearbyStageRatherThanAnotherQuestion() {
        var set = compose(dosingForGps(), Map.of(),
                article("other").need("refer-share-care").published(), article("near").stage("aware").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("near");
        assertThat(set.relaxed()).contains(new Relaxation("lead", "stage", "considering", "near"));
    }

    @Test
    void relaxesToAnythingForTheAudienceLast() {
        var set = compose(dosingForGps(), Map.of(), article("far").need("refer-share-care").stage("supporting-patients").published());
        assertThat(set.relaxed()).contains(new Relaxation("lead", "need", "dosing", "any"), new Relaxation("lead", "stage", "considering", "any"));
    }

    @Test
    void aSlotNeverMixesRelaxationSteps() {
        var set = compose(dosingForGps(), Map.of(),
                claim("exact").published(), claim("broader").need("treatment-decision").published());
        assertThat(in(set, Slot.PROOF)).containsExactly("exact");
        assertThat(set.excluded()).extracting(Composition.Exclusion::id, Composition.Exclusion::rule).contains(tuple("broader", "relaxation"));
    }

    @Test
    void nextLeadsToTheFollowingStageAndNowhereElse() {
        var set = compose(dosingForGps(), Map.of(),
                article("lead").published(), article("step").stage("trying").published(), article("leap").stage("adopted").published());
        assertThat(in(set, Slot.NEXT)).containsExactly("step");
        assertThat(slot(set, Slot.NEXT).items().getFirst().reasons()).contains("advances:trying");
    }

    @Test
    void afterTheLastStageThereIsNoNext() {
        var set = compose(Shelf.context("dosing", "considering", null), Map.of(), article("a").published());
        assertThat(slot(set, Slot.NEXT).emptyReason()).isEqualTo("last-stage");
    }

    @Test
    void anItemTakesOneSlotOnly() {
        var set = compose(dosingForGps(), Map.of(), article("a").stage("considering", "trying").published());
        assertThat(set.candidates()).hasSize(1);
    }

    @Test
    @Tag("US-2")
    void promotionBringsItsSafetyInformation() {
        var set = compose(dosingForGps(), pairs(safety("saf").kind(Kinds.PROMOTIONAL).published(), prescribing("pi").published()),
                article("a").promotional().published());
        assertThat(in(set, Slot.SAFETY)).containsExactly("saf");
        assertThat(slot(set, Slot.SAFETY).mandatory()).isTrue();
        assertThat(slot(set, Slot.SAFETY).items().getFirst().reasons()).containsExactly("pairing:KEY-a");
    }

    @Test
    @Tag("US-2")
    void anEfficacyClaimWithoutItsSafetyInformationIsLeftOut() {
        var set = compose(dosingForGps(), Map.of(),
                claim("unpaired").efficacy().published(), claim("unpublished").efficacy().pairedWith("saf", null).published());
        assertThat(set.candidates()).isEmpty();
        assertThat(set.excluded()).extracting(Composition.Exclusion::rule).containsExactly("US-2", "US-2");
        assertThat(set.blockedByPairing()).isTrue();
    }

    @Test
    @Tag("US-2")
    void safetyInformationOfAnotherKindIsNoPair() {
        var set = compose(dosingForGps(), pairs(safety("saf").kind(Kinds.NON_PROMOTIONAL).published(), prescribing("pi").published()),
                article("a").promotional().published());
        assertThat(set.blockedByPairing()).isTrue();
    }

    @Test
    @Tag("UK-5")
    void promotionWithoutPublishedPrescribingInformationIsLeftOut() {
        var set = compose(dosingForGps(), pairs(safety("saf").kind(Kinds.PROMOTIONAL).published()), article("a").promotional().published());
        assertThat(set.excluded()).extracting(Composition.Exclusion::rule).containsExactly("UK-5");
    }

    @Test
    void aSetThatStillHasContentIsNotBlockedByTheOneLeftOut() {
        var set = compose(dosingForGps(), Map.of(), claim("bad").efficacy().published(), article("good").published());
        assertThat(set.blockedByPairing()).isFalse();
        assertThat(set.watched()).contains("good");
    }

    @Test
    void whatWouldMendAPairingIsWatched() {
        var set = compose(dosingForGps(), Map.of(), claim("bad").efficacy().pairedWith("saf", null).published());
        assertThat(set.watched()).contains("saf");
    }

    @Test
    @Tag("EU-2")
    void promotionNeverReachesPatients() {
        var set = compose(Shelf.forPatients(dosingForGps()),
                pairs(safety("saf").kind(Kinds.PROMOTIONAL).published(), prescribing("pi").published()),
                article("promo").audience("patient").promotional().published(), article("plain").audience("patient").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("plain");
        assertThat(set.excluded()).extracting(Composition.Exclusion::id, Composition.Exclusion::rule).contains(tuple("promo", "EU-2"));
    }

    @Test
    @Tag("US-9")
    void scientificExchangeStaysWithProfessionals() {
        var set = compose(Shelf.forPatients(dosingForGps()), Map.of(),
                article("science").audience("patient").kind(Kinds.SCIENTIFIC_EXCHANGE).published());
        assertThat(set.excluded()).extracting(Composition.Exclusion::rule).containsExactly("US-9");
    }

    @Test
    @Tag("US-9")
    void theKindOfTheBestLeadIsTheKindOfTheSet() {
        var set = compose(dosingForGps(), Map.of(),
                article("near").stage("trying").published(),
                article("exact").kind(Kinds.SCIENTIFIC_EXCHANGE).published(), claim("proof").published());
        assertThat(set.kind()).isEqualTo(Kinds.SCIENTIFIC_EXCHANGE);
        assertThat(set.excluded()).extracting(Composition.Exclusion::id, Composition.Exclusion::rule)
                .contains(tuple("near", "kind"), tuple("proof", "kind"));
    }

    @Test
    void promotionWinsATie() {
        var set = compose(dosingForGps(), pairs(safety("saf").kind(Kinds.PROMOTIONAL).published(), prescribing("pi").published()),
                article("a").published(), article("z").promotional().published());
        assertThat(set.kind()).isEqualTo(Kinds.PROMOTIONAL);
    }

    @Test
    @Tag("S10")
    void aKindTheCredentialDoesNotReadIsNotThere() {
        var set = compose(Shelf.reading(dosingForGps(), Kinds.NON_PROMOTIONAL), Map.of(), article("s").kind(Kinds.SCIENTIFIC_EXCHANGE).published());
        assertThat(set.candidates()).isEmpty();
    }

    @Test
    void marketsNeverFallBackButLocalesFollowTheirChain() {
        var set = compose(dosingForGps(), Map.of(),
                article("us").market("US").locale("en-US").published(), article("gb").locale("en-US").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("gb");
        assertThat(set.relaxed()).contains(new Relaxation("lead", "locale", "en-GB", "en-US"));
        assertThat(set.excluded()).extracting(Composition.Exclusion::rule).containsExactly("allowedMarket");
    }

    @Test
    void theNearestLocaleOfAnItemIsTheOneThatCounts() {
        var set = compose(dosingForGps(), Map.of(), article("a").locale("en-US").published(), article("a").locale("en-GB").published());
        assertThat(set.candidates()).extracting(Candidate::locale).containsExactly("en-GB");
    }

    @Test
    void anotherTreeOfAudiencesIsNeverServed() {
        var set = compose(dosingForGps(), Map.of(), article("a").audience("patient").published(), article("b").audience("hcp.nurse").published());
        assertThat(set.candidates()).isEmpty();
        assertThat(set.excluded()).extracting(Composition.Exclusion::rule).containsExactly("allowedAudience", "allowedAudience");
    }

    @Test
    void anItemThatAllowsOtherChannelsOnlyIsLeftOut() {
        var set = compose(dosingForGps(), Map.of(), article("a").channel("email").published(), article("b").channel("email", "web").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("b");
    }

    @Test
    @Tag("RV-7")
    void theWindowStartsOnTimeAndEndsOnTime() {
        var opens = article("opens").effective(NOW, SOON).published();
        var tooEarly = article("early").effective(NOW.plusNanos(1000), SOON).published();
        var over = article("over").effective(Instant.EPOCH, NOW).published();
        var set = compose(dosingForGps(), Map.of(), opens, tooEarly, over);
        assertThat(set.candidates()).extracting(Candidate::itemId).containsExactly("opens");
        assertThat(set.nextChange()).isEqualTo(SOON);
    }

    @Test
    void theSetLastsNoLongerThanItsSafetyInformation() {
        var soon = safety("saf").kind(Kinds.PROMOTIONAL).effective(Instant.EPOCH, SOON).published();
        var set = compose(dosingForGps(), pairs(soon, prescribing("pi").published()), article("a").promotional().published());
        assertThat(set.nextChange()).isEqualTo(SOON);
    }

    @Test
    void theStrategyPrefersWhatItsObjectivesWant() {
        var goal = new SetContext.Goal("obj_31", Set.of("considering"), Set.of("dosing"), Set.of("velorix"), null, 0.9);
        var set = compose(Shelf.with(dosingForGps(), List.of(goal)), Map.of(), article("a").published(), article("b").brand("velorix").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("b");
        assertThat(set.objectives()).containsExactly("obj_31");
        assertThat(slot(set, Slot.LEAD).items().getFirst().reasons()).contains("objective:obj_31");
    }

    @Test
    void whatWasSeenGivesWay() {
        var set = compose(Shelf.seen(dosingForGps(), "a"), Map.of(), article("a").published(), article("b").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("b");
    }

    @Test
    void theNewerApprovalWinsATieAndThenTheId() {
        var set = compose(dosingForGps(), Map.of(), article("a").published(), article("c").approvedAt("2026-06-01T00:00:00Z").published(),
                article("b").published());
        assertThat(in(set, Slot.LEAD)).containsExactly("c");
        assertThat(in(set, Slot.SUPPORT)).containsExactly("a", "b");
    }

    @Test
    void theLimitHoldsForEachSlotButNeverForTheSafetyInformation() {
        var set = compose(Shelf.limited(dosingForGps(), 1),
                pairs(safety("saf").kind(Kinds.PROMOTIONAL).published(), safety("saf2").kind(Kinds.PROMOTIONAL).published(), prescribing("pi").published()),
                article("a").promotional().published(), article("b").promotional().pairedWith("saf2", "pi").published(), article("c").promotional().published());
        assertThat(in(set, Slot.SUPPORT)).hasSize(1);
        assertThat(in(set, Slot.SAFETY)).containsExactly("saf", "saf2");
    }

    @RepeatedTest(200)
    void anyShelfGivesTheSameSetInAnyOrderWithOneKindAndNothingOutsideItsWindow(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var paired = pairs(safety("saf").kind(Kinds.PROMOTIONAL).published(), prescribing("pi").published());
        var byPointer = new LinkedHashMap<String, Candidate>();
        for (int i = 0; i < 40; i++) {
            var candidate = anything(random, "i" + random.nextInt(25));
            byPointer.put(candidate.publicationId(), candidate); // one current publication per item, market and locale
        }
        var shelf = new ArrayList<>(byPointer.values());
        var first = Composer.compose(dosingForGps(), shelf, paired, NOW);
        Collections.shuffle(shelf, random);
        assertThat(Composer.compose(dosingForGps(), shelf, paired, NOW)).isEqualTo(first);
        assertThat(first.candidates()).allSatisfy(candidate -> {
            assertThat(candidate.kind()).isEqualTo(first.kind());
            assertThat(candidate.market()).isEqualTo("GB");
            assertThat(candidate.window().contains(NOW)).isTrue();
        });
        assertThat(first.candidates()).extracting(Candidate::itemId).doesNotHaveDuplicates();
        if (first.candidates().stream().anyMatch(Candidate::promotional)) {
            assertThat(in(first, Slot.SAFETY)).isNotEmpty();
        }
    }

    private static Candidate anything(Random random, String id) {
        var candidate = random.nextInt(3) == 0 ? claim(id) : article(id);
        candidate.kind(Kinds.IN_ORDER.get(random.nextInt(3)))
                .market(random.nextInt(5) == 0 ? "DE" : "GB")
                .locale(random.nextInt(4) == 0 ? "en-US" : "en-GB")
                .need(List.of("dosing", "treatment-decision", "refer-share-care").get(random.nextInt(3)))
                .stage(List.of("considering", "trying", "adopted").get(random.nextInt(3)))
                .effective(NOW.plusSeconds(random.nextInt(100) - 95), NOW.plusSeconds(random.nextInt(120) + 5));
        if (random.nextBoolean()) {
            candidate.pairedWith("saf", "pi");
        }
        return candidate.published();
    }
}
