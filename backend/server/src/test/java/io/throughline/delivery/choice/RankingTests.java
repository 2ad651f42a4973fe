package io.throughline.delivery.choice;

import static io.throughline.delivery.choice.Shelf.article;
import static io.throughline.delivery.choice.Shelf.dosingForGps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.throughline.catalogue.Candidate;
import io.throughline.delivery.choice.Shelf;
import io.throughline.catalogue.StaticScore;
import io.throughline.delivery.choice.NeedMatch.Relation;
import io.throughline.publication.EvidenceGrade;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RankingTests {

    private static double value(ScorePart part, SetContext context, Candidate candidate) {
        return part.value(context, candidate, Fit.of(context, candidate));
    }

    private static double value(ScorePart part, Candidate candidate) {
        return value(part, dosingForGps(), candidate);
    }

    @ParameterizedTest
    @CsvSource({"dosing, 1", "titration, 0.95", "treatment-decision, 0.6", "interactions, 0.25", "refer-share-care, 0"})
    void aNeedCountsByItsDistanceFromTheAskedOne(String need, double expected) {
        assertThat(value(ScorePart.NEED, article("a").need(need).published())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"NARROWER, 1, 0.95", "NARROWER, 4, 0.8", "NARROWER, 9, 0.8", "BROADER, 1, 0.6", "BROADER, 3, 0.3", "BROADER, 9, 0.3"})
    void theFurtherTheNeedTheLessItCountsAndNeverLessThanItsFloor(Relation relation, int steps, double expected) {
        assertThat(new NeedMatch(relation, steps, "x").value()).isEqualTo(expected, within(1e-9));
    }

    @Test
    void theBestOfSeveralNeedsCountsWhateverTheirOrder() {
        var one = article("a").need("interactions", "treatment-decision", "refer-share-care").published();
        var other = article("a").need("refer-share-care", "treatment-decision", "interactions").published();
        assertThat(Fit.of(dosingForGps(), one)).isEqualTo(Fit.of(dosingForGps(), other));
        assertThat(Fit.of(dosingForGps(), one).need().to()).isEqualTo("treatment-decision");
    }

    @ParameterizedTest
    @CsvSource({"considering, 1", "trying, 0.5", "aware, 0.5", "unaware, 0.25", "patient.starting, 0"})
    void aStageCountsHalfForEachStepOfTheJourney(String stage, double expected) {
        assertThat(value(ScorePart.STAGE, article("a").stage(stage).published())).isEqualTo(expected);
    }

    @Test
    void withoutAnAskedNeedOrStageEveryOneIsAsGood() {
        var open = Shelf.context(null, null, null);
        var anything = article("a").need("refer-share-care").stage("adopted").published();
        assertThat(value(ScorePart.NEED, open, anything)).isEqualTo(1);
        assertThat(value(ScorePart.STAGE, open, anything)).isEqualTo(1);
        assertThat(Fit.of(open, anything).step()).isZero();
    }

    @Test
    void theHeaviestObjectiveThatWantsItCounts() {
        var light = new SetContext.Goal("obj_1", Set.of("considering"), Set.of(), Set.of(), null, 0.3);
        var heavy = new SetContext.Goal("obj_2", Set.of("considering"), Set.of("dosing"), Set.of(), null, 0.8);
        var unfit = new SetContext.Goal("obj_3", Set.of("adopted"), Set.of(), Set.of(), null, 1);
        var context = Shelf.with(dosingForGps(), List.of(light, heavy, unfit));
        assertThat(value(ScorePart.OBJECTIVE, context, article("a").published())).isEqualTo(0.8);
        assertThat(value(ScorePart.OBJECTIVE, article("a").published())).isZero();
        var wanted = article("a").published();
        assertThat(Ranking.account(context, Ranking.rank(context, wanted, Fit.of(context, wanted), Slot.LEAD), Slot.LEAD).objectives())
                .containsExactly("obj_1", "obj_2");
    }

    @Test
    void whatTheReaderHasSeenLosesThatPart() {
        var context = Shelf.seen(dosingForGps(), "a");
        assertThat(value(ScorePart.UNSEEN, context, article("a").published())).isZero();
        assertThat(value(ScorePart.UNSEEN, context, article("b").published())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "CITED, 0.3333", "PUBLISHED, 0.6667", "ANCHORED, 1"})
    void evidenceCountsByItsGrade(EvidenceGrade grade, double expected) {
        assertThat(value(ScorePart.EVIDENCE, article("a").evidence(grade).published())).isEqualTo(expected, within(1e-4));
    }

    @Test
    void freshnessLiesOnAStraightLineSoThatDifferencesNeverChange() {
        var june = value(ScorePart.FRESHNESS, article("a").approvedAt("2026-06-01T00:00:00Z").published());
        var january = value(ScorePart.FRESHNESS, article("a").approvedAt("2026-01-01T00:00:00Z").published());
        var later = value(ScorePart.FRESHNESS, article("a").approvedAt("2031-06-01T00:00:00Z").published());
        var late = value(ScorePart.FRESHNESS, article("a").approvedAt("2031-01-01T00:00:00Z").published());
        assertThat(june).isGreaterThan(january);
        assertThat(later - late).isEqualTo(june - january, within(1e-9));
        assertThat(value(ScorePart.FRESHNESS, article("a").approvedAt("2019-12-31T23:59:59Z").published())).isZero();
        assertThat(value(ScorePart.FRESHNESS, article("a").approvedAt("2041-01-01T00:00:00Z").published())).isEqualTo(1);
    }

    @Test
    void theAskedAudienceItselfCountsMoreThanAWiderOne() {
        assertThat(value(ScorePart.AUDIENCE, article("a").audience("hcp.primary-care").published())).isEqualTo(1);
        assertThat(value(ScorePart.AUDIENCE, article("a").audience("hcp").published())).isZero();
    }

    @Test
    void anAskedBrandCountsForItsOwnContentOnly() {
        var velorix = Shelf.forBrands(dosingForGps(), "velorix");
        assertThat(value(ScorePart.BRAND, velorix, article("a").brand("velorix").published())).isEqualTo(1);
        assertThat(value(ScorePart.BRAND, velorix, article("a").published())).isZero();
        assertThat(value(ScorePart.BRAND, article("a").published())).isEqualTo(1);
    }

    @Test
    void leadingToTheNextStageCountsInsteadOfTheStage() {
        var candidate = article("a").stage("trying").published();
        var context = dosingForGps();
        var ranked = Ranking.rank(context, candidate, Fit.next(context, candidate), Slot.NEXT);
        var account = Ranking.account(context, ranked, Slot.NEXT);
        assertThat(account.parts()).containsKey(ScorePart.ADVANCE).doesNotContainKey(ScorePart.STAGE);
        assertThat(account.reasons()).contains("advances:trying").doesNotContain("stage-exact", "stage-near");
        assertThat(Fit.next(context, article("b").stage("adopted").published())).isNull();
    }

    @ParameterizedTest
    @EnumSource(Slot.class)
    void theWeightsOfASlotAddUpToOne(Slot slot) {
        assertThat(ScorePart.of(slot).stream().mapToDouble(ScorePart::weight).sum()).isEqualTo(1, within(1e-9));
    }

    @Test
    void thePartsOfTheAccountAddUpToTheScore() {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            var goal = new SetContext.Goal("obj_1", Set.of("considering"), Set.of(), Set.of(), null, random.nextDouble());
            var context = Shelf.with(random.nextBoolean() ? dosingForGps() : Shelf.seen(dosingForGps(), "a"), List.of(goal));
            var candidate = article("a").need(any(random, "dosing", "titration", "treatment-decision", "interactions", "other"))
                    .stage(any(random, "considering", "trying", "unaware", "other"))
                    .evidence(EvidenceGrade.values()[random.nextInt(4)])
                    .approvedAt("20" + (10 + random.nextInt(40)) + "-05-05T00:00:00Z").published();
            var slot = Slot.RANKED.get(random.nextInt(4));
            var fit = Fit.in(slot, context, candidate);
            if (fit == null) {
                continue;
            }
            var ranked = Ranking.rank(context, candidate, fit, slot);
            assertThat(ranked.score()).as("round %d", i).isBetween(0.0, 1.0);
            assertThat(Ranking.account(context, ranked, slot).parts().values().stream().mapToInt(part -> (int) Math.round(part * StaticScore.UNITS)).sum())
                    .as("round %d", i).isEqualTo((int) Math.round(ranked.score() * StaticScore.UNITS));
        }
    }

    @Test
    void relaxationGoesFromBroaderNeedsToNearStagesToSiblingsAndLastToAnything() {
        var context = dosingForGps();
        var inOrder = List.of(
                article("0").need("titration").published(), article("1").need("treatment-decision").published(),
                article("2").stage("trying").published(), article("3").need("treatment-decision").stage("trying").published(),
                article("4").need("interactions").published(), article("5").need("interactions").stage("trying").published(),
                article("6").stage("adopted").published(), article("7").need("treatment-decision").stage("adopted").published(),
                article("8").need("interactions").stage("adopted").published(), article("9").need("refer-share-care").published(),
                article("10").need("refer-share-care").stage("trying").published(), article("11").need("refer-share-care").stage("adopted").published());
        assertThat(inOrder).extracting(candidate -> Fit.of(context, candidate).step()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    private static String any(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
