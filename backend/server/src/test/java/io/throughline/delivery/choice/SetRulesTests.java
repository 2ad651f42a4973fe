package io.throughline.delivery.choice;

import static io.throughline.delivery.choice.Shelf.NOW;
import static io.throughline.delivery.choice.Shelf.article;
import static io.throughline.delivery.choice.Shelf.claim;
import static io.throughline.delivery.choice.Shelf.dosingForGps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Refusal;
import io.throughline.delivery.choice.Shelf;
import io.throughline.content.HeldRule;
import io.throughline.content.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SetRulesTests {

    private static Composition compose(Candidate... candidates) {
        return Composer.compose(dosingForGps(), List.of(candidates), Map.of(), NOW);
    }

    private static List<String> in(Composition set) {
        return set.candidates().stream().map(Candidate::itemId).toList();
    }

    static Candidate bound(Candidate candidate, List<String> uses, Rule... rules) {
        var held = List.of(rules).stream().map(rule -> new HeldRule(uses.isEmpty() ? candidate.itemId() : uses.getFirst(), rule)).toList();
        return new Candidate(candidate.publicationId(), candidate.itemId(), candidate.key(), candidate.title(), candidate.version(), candidate.type(),
                candidate.kind(), candidate.brand(), candidate.market(), candidate.locale(), candidate.window(), candidate.approvedAt(),
                candidate.startedSequence(), candidate.facets().boundBy(uses, held));
    }

    private static Candidate bound(Candidate candidate, Rule... rules) {
        return bound(candidate, List.of(), rules);
    }

    private static Rule excludes(String id, String... items) {
        return new Rule.Excludes(id, "Not beside it.", "US-1", Set.of(items));
    }

    private static Rule requires(String id, String... items) {
        return new Rule.Requires(id, "Only with it.", "US-1", new Rule.Target.Items(List.of(items)));
    }

    private static Rule before(String id, String... items) {
        return new Rule.Order(id, "Before it.", "US-1", Set.of(items));
    }

    private static Rule atMost(int times, Rule.Per per) {
        return new Rule.MaxUse("rul_max", "Not so often.", "US-1", times, per);
    }

    @Test
    void ofTwoThatExcludeEachOtherTheHigherRankedStaysWhoeverHasTheRule() {
        var best = article("a").audience("hcp.primary-care");
        assertThat(in(compose(best.published(), bound(article("b").published(), excludes("rul_1", "a"))))).containsExactly("a");
        var set = compose(bound(best.published(), excludes("rul_1", "b")), article("b").published(), article("c").published());
        assertThat(in(set)).containsExactly("a", "c");
        assertThat(set.excluded()).extracting(Composition.Exclusion::id, Composition.Exclusion::rule).containsExactly(tuple("b", "rul_1"));
    }

    @Test
    void aPlaceThatARuleEmptiesIsFilledAgain() {
        var set = compose(article("a").audience("hcp.primary-care").published(),
                bound(claim("b").audience("hcp.primary-care").published(), excludes("rul_1", "a")), claim("c").published());
        assertThat(in(set)).containsExactly("a", "c");
    }

    @Test
    void whatUsesAnExcludedItemIsExcludedLikeTheItemItself() {
        var set = compose(bound(article("a").audience("hcp.primary-care").published(), excludes("rul_1", "x")), bound(article("b").published(), List.of("x")));
        assertThat(in(set)).containsExactly("a");
    }

    @Test
    void requirementsFallLikeDominoes() {
        var set = compose(bound(article("a").published(), requires("rul_a", "b")), bound(claim("b").published(), requires("rul_b", "c")),
                bound(article("d").published(), requires("rul_d", "a")), article("e").published());
        assertThat(in(set)).containsExactly("e");
        assertThat(set.excluded()).extracting(Composition.Exclusion::id, Composition.Exclusion::rule)
                .containsExactlyInAnyOrder(tuple("a", "rul_a"), tuple("b", "rul_b"), tuple("d", "rul_d"));
    }

    @Test
    void twoThatRequireEachOtherStandTogether() {
        var set = compose(bound(article("a").published(), requires("rul_a", "b")), bound(claim("b").published(), requires("rul_b", "a")));
        assertThat(in(set)).containsExactly("a", "b");
        assertThat(set.slots().getFirst().items().getFirst().reasons()).contains("requires:rul_a");
    }

    @Test
    void anItemInsideOfAnotherFulfilsARequirement() {
        assertThat(in(compose(bound(claim("a").published(), requires("rul_a", "x")), bound(article("b").published(), List.of("x"))))).containsExactly("b", "a");
    }

    @Test
    void inOnePlaceTheOrderIsKept() {
        var set = compose(claim("a").audience("hcp.primary-care").published(), bound(claim("b").published(), before("rul_1", "a")));
        assertThat(in(set)).containsExactly("b", "a");
        assertThat(set.slots().get(1).items().getFirst().reasons()).contains("order:rul_1");
    }

    @Test
    void whatWouldComeTooLateInAnotherPlaceIsLeftOut() {
        var set = compose(article("a").published(), bound(claim("b").published(), before("rul_1", "a")));
        assertThat(in(set)).containsExactly("a");
        assertThat(set.excluded()).extracting(Composition.Exclusion::rule).containsExactly("rul_1");
    }

    @Test
    void anOrderThatGoesRoundInARingLeavesOneOut() {
        var set = compose(bound(claim("a").audience("hcp.primary-care").published(), before("rul_1", "b")), bound(claim("b").published(), before("rul_2", "a")));
        assertThat(in(set)).containsExactly("a");
    }

    @Test
    void usesInOneSetAreCountedWithThoseInsideOfOthers() {
        var user = bound(article("u").published(), List.of("c"), atMost(1, Rule.Per.SET));
        var again = bound(article("v").published(), List.of("c"), atMost(1, Rule.Per.SET));
        var set = compose(user, again, bound(claim("c").published(), atMost(1, Rule.Per.SET)), claim("d").published());
        assertThat(in(set)).containsExactly("u", "d");
        assertThat(in(compose(user, bound(claim("c").published(), atMost(2, Rule.Per.SET))))).containsExactly("u");
        assertThat(in(compose(bound(article("u").published(), List.of("c"), atMost(2, Rule.Per.SET)), bound(claim("c").published(), atMost(2, Rule.Per.SET)))))
                .containsExactly("u", "c");
    }

    @Test
    void whatAPersonWasShownOftenEnoughIsNotShownAgain() {
        var once = bound(claim("a").published(), atMost(1, Rule.Per.PERSON));
        assertThat(SetRules.refuseUse(once, _ -> 0)).isNull();
        assertThat(SetRules.refuseUse(once, id -> id.equals("a") ? 1 : 0)).extracting(Refusal::rule).isEqualTo("rul_max");
        var seen = Composer.compose(Shelf.seen(dosingForGps(), "a"), List.of(once), Map.of(), NOW);
        assertThat(seen.candidates()).isEmpty();
    }

    @Test
    void whatARuleKeepsFromAMarketAChannelOrAnAudienceIsLeftOutUnderItsId() {
        var set = compose(article("a").published(),
                bound(article("m").published(), new Rule.AllowedMarket("rul_m", "There only.", "US-1", Set.of("US"))),
                bound(article("c").published(), new Rule.AllowedChannel("rul_c", "There only.", "US-1", Set.of("email"))),
                bound(article("p").published(), new Rule.AllowedAudience("rul_p", "For them only.", "US-1", Set.of("hcp.nurse"))));
        assertThat(in(set)).containsExactly("a");
        assertThat(set.excluded()).extracting(Composition.Exclusion::id, Composition.Exclusion::rule)
                .containsExactlyInAnyOrder(tuple("m", "rul_m"), tuple("c", "rul_c"), tuple("p", "rul_p"));
    }

    @Test
    void aPairingHoldsWhileWhatItNamesIsTheItemsOwnAndIsPublished() {
        var rule = new Rule.Pairing("rul_p", "With it.", "US-2", new Rule.Target.Items(List.of("saf")));
        var own = bound(article("a").pairedWith("saf", null).published(), rule);
        var published = Shelf.pairs(Shelf.safety("saf").published(), Shelf.safety("other").published());
        assertThat(in(Composer.compose(dosingForGps(), List.of(own), published, NOW))).containsExactly("a", "saf");
        var anothers = bound(article("b").pairedWith("other", null).published(), rule);
        for (var broken : List.of(Composer.compose(dosingForGps(), List.of(anothers), published, NOW), Composer.compose(dosingForGps(), List.of(own), Map.of(), NOW))) {
            assertThat(broken.candidates()).isEmpty();
            assertThat(broken.excluded()).extracting(Composition.Exclusion::rule).containsExactly("rul_p");
        }
    }

    @RepeatedTest(300)
    void anyRulesGiveTheSameSetWhateverTheOrderAndNothingInItBreaksOne(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var ids = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        var candidates = new ArrayList<Candidate>();
        for (var id : ids) {
            var written = (random.nextBoolean() ? article(id) : claim(id)).audience(random.nextBoolean() ? "hcp" : "hcp.primary-care");
            var plain = (random.nextInt(3) == 0 ? written.pairedWith(random.nextInt(4) == 0 ? "saf-other" : "saf", null) : written).published();
            var rules = new ArrayList<Rule>();
            for (int i = random.nextInt(3); i > 0; i--) {
                var target = ids.get(random.nextInt(ids.size()));
                rules.add(switch (random.nextInt(8)) {
                    case 0 -> excludes("rul_x" + id + i, target);
                    case 1 -> requires("rul_r" + id + i, target);
                    case 2 -> before("rul_o" + id + i, target);
                    case 3 -> new Rule.AllowedChannel("rul_c" + id + i, "There only.", "US-1", Set.of(random.nextBoolean() ? "web" : "email", "portal"));
                    case 4 -> new Rule.AllowedAudience("rul_a" + id + i, "For them only.", "US-1", Set.of(random.nextBoolean() ? "hcp.primary-care" : "hcp.nurse"));
                    case 5 -> new Rule.AllowedMarket("rul_m" + id + i, "There only.", "US-1", Set.of(random.nextBoolean() ? "GB" : "US", "DE"));
                    case 6 -> new Rule.Pairing("rul_p" + id + i, "With it.", "US-2", new Rule.Target.Items(List.of("saf")));
                    default -> atMost(1 + random.nextInt(2), Rule.Per.SET);
                });
            }
            candidates.add(bound(plain, random.nextInt(4) == 0 ? List.of(ids.get(random.nextInt(ids.size()))) : List.of(), rules.toArray(Rule[]::new)));
        }
        var safety = random.nextInt(3) == 0 ? Map.<String, Candidate>of() : Shelf.pairs(Shelf.safety("saf").published(), Shelf.safety("saf-other").published());
        var set = Composer.compose(dosingForGps(), candidates, safety, NOW);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(candidates, random);
            assertThat(Composer.compose(dosingForGps(), candidates, safety, NOW)).isEqualTo(set);
        }
        var chosen = set.candidates();
        for (var candidate : chosen) {
            for (var held : candidate.facets().rules()) {
                var others = chosen.stream().filter(other -> other != candidate).toList();
                switch (held.rule()) {
                    case Rule.Excludes it -> assertThat(others).noneMatch(other -> it.items().stream().anyMatch(id -> holds(other, id)));
                    case Rule.Requires it -> assertThat(((Rule.Target.Items) it.target()).ids()).allMatch(id -> chosen.stream().anyMatch(other -> holds(other, id)));
                    case Rule.Order it -> assertThat(chosen.subList(0, chosen.indexOf(candidate))).noneMatch(other -> it.items().stream().anyMatch(id -> holds(other, id)));
                    case Rule.MaxUse it -> assertThat(chosen.stream().filter(other -> holds(other, held.owner())).count()).isLessThanOrEqualTo(it.times());
                    case Rule.AllowedChannel it -> assertThat(it.channels()).contains("web");
                    case Rule.AllowedAudience it -> assertThat(it.audiences()).contains("hcp.primary-care");
                    case Rule.AllowedMarket it -> assertThat(it.markets()).contains("GB");
                    case Rule.Pairing _ -> {
                        assertThat(candidate.facets().safetyInformation()).isEqualTo("saf");
                        assertThat(chosen).extracting(Candidate::itemId).contains("saf");
                    }
                }
            }
        }
    }

    private static boolean holds(Candidate candidate, String id) {
        return candidate.itemId().equals(id) || candidate.facets().uses().contains(id);
    }
}
