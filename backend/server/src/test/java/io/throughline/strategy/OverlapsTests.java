package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.strategy.Overlaps.Code;
import io.throughline.strategy.Overlaps.Competitor;
import io.throughline.strategy.Overlaps.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlapsTests {

    private static final LocalDate START = LocalDate.of(2026, 1, 1);

    private String id = "obj_a";
    private String audience = "hcp.cardiology";
    private List<String> audienceUp = List.of("hcp.cardiology", "hcp");
    private List<String> way = List.of("aware", "considering");
    private Map<String, List<String>> needs = Map.of("dosing", List.of("dosing", "treatment-decision"));
    private List<String> brands = List.of("one");
    private List<String> markets = List.of("GB", "DE");
    private @Nullable String kind = "promotional";
    private double weight = 0.5;
    private LocalDate from = START;
    private @Nullable LocalDate until;
    private Map<String, Set<String>> segments = Map.of();
    private double human = 0.3;
    private ContactPolicy policy = new ContactPolicy(6, 30, 3, 30);

    @Test
    void twoOfOneBrandOverlap() {
        var pair = Overlaps.pair(here(), here()).orElseThrow();

        assertThat(pair.severity()).isEqualTo(Severity.OVERLAP);
        assertThat(pair.stages()).containsExactly("aware", "considering");
        assertThat(pair.needs()).containsExactly("dosing");
        assertThat(pair.markets()).containsExactly("GB", "DE");
        assertThat(pair.brands()).containsExactly("one");
        assertThat(pair.contacts()).isEqualTo(6);
    }

    @Test
    void aBroaderAudienceIncludesTheNarrower() {
        var narrow = here();
        audience = "hcp";
        audienceUp = List.of("hcp");

        assertThat(Overlaps.pair(narrow, here()).orElseThrow().audience()).isEqualTo("hcp.cardiology");
        assertThat(Overlaps.pair(here(), narrow).orElseThrow().audience()).isEqualTo("hcp.cardiology");
    }

    @Test
    void siblingsOfOneBroaderAudienceDoNotMeet() {
        var cardiology = here();
        audience = "hcp.nurse";
        audienceUp = List.of("hcp.nurse", "hcp");

        assertThat(Overlaps.pair(cardiology, here())).isEmpty();
    }

    @Test
    void aBroaderNeedIncludesTheNarrower() {
        var narrow = here();
        needs = Map.of("treatment-decision", List.of("treatment-decision"));

        assertThat(Overlaps.pair(narrow, here()).orElseThrow().needs()).containsExactly("dosing");
        needs = Map.of("daily-life", List.of("daily-life"));
        assertThat(Overlaps.pair(narrow, here())).isEmpty();
    }

    @Test
    void waysThatTouchInOneStageMeetThere() {
        var early = here();
        way = List.of("considering", "trying");
        assertThat(Overlaps.pair(early, here()).orElseThrow().stages()).containsExactly("considering");
        way = List.of("trying", "adopted");
        assertThat(Overlaps.pair(early, here())).isEmpty();
    }

    @Test
    void otherMarketsDoNotMeet() {
        var here = here();
        markets = List.of("US");

        assertThat(Overlaps.pair(here, here())).isEmpty();
    }

    @Test
    void windowsMeetOnTheLastDayAndNotOneDayLater() {
        until = START.plusDays(9);
        var first = here();
        until = null;
        from = START.plusDays(9);
        var pair = Overlaps.pair(first, here()).orElseThrow();
        assertThat(pair.from()).isEqualTo(START.plusDays(9));
        assertThat(pair.until()).isEqualTo(START.plusDays(9));

        from = START.plusDays(10);
        assertThat(Overlaps.pair(first, here())).isEmpty();
    }

    @Test
    void otherSegmentsOfOneDimensionAreOtherPeople() {
        segments = Map.of("digital-affinity", Set.of("digital-first"));
        var digital = here();
        segments = Map.of("digital-affinity", Set.of("personal"));
        assertThat(Overlaps.pair(digital, here())).isEmpty();
        segments = Map.of("digital-affinity", Set.of("personal", "digital-first"));
        assertThat(Overlaps.pair(digital, here())).isPresent();
        segments = Map.of("practice-setting", Set.of("hospital"));
        assertThat(Overlaps.pair(digital, here())).isPresent();
    }

    @Test
    void differentBrandsWithOpposingKindsConflict() {
        var promotional = here();
        brands = List.of("two");
        kind = "scientific-exchange";

        assertThat(reasons(promotional, here())).containsExactly(Code.OPPOSING_KINDS);
        kind = null;
        assertThat(Overlaps.pair(promotional, here()).orElseThrow().severity()).isEqualTo(Severity.OVERLAP);
    }

    @Test
    void differentBrandsThatWorkInOpposingWaysConflict() {
        var digital = here();
        brands = List.of("two");
        human = 0.8;

        assertThat(reasons(digital, here())).containsExactly(Code.OPPOSING_ENGAGEMENT_MODELS);
        human = 0.79;
        assertThat(reasons(digital, here())).isEmpty();
    }

    @Test
    void differentBrandsOverTheContactBudgetConflictAndExactlyAtItDoNot() {
        var half = here();
        brands = List.of("two");
        assertThat(Overlaps.pair(half, here()).orElseThrow().contacts()).isEqualTo(6);
        assertThat(reasons(half, here())).isEmpty();

        weight = 0.6;
        assertThat(reasons(half, here())).containsExactly(Code.OVER_CONTACT_BUDGET);
        // 4 in 60 days are 2 a month: 6 × 0.5 + 2 × 0.6 stays within 6
        policy = new ContactPolicy(4, 60, 3, 30);
        assertThat(reasons(half, here())).isEmpty();
    }

    @Test
    void oneBrandAndThePortfolioLiveWithOtherKindsAndOtherWaysOfTheirOwn() {
        var one = here();
        kind = "non-promotional";
        human = 0.9;
        assertThat(Overlaps.pair(one, here()).orElseThrow().severity()).isEqualTo(Severity.OVERLAP);
        brands = List.of();
        assertThat(Overlaps.pair(one, here()).orElseThrow().severity()).isEqualTo(Severity.OVERLAP);
        brands = List.of("one", "two");
        assertThat(Overlaps.pair(one, here()).orElseThrow().brands()).containsExactly("one");
    }

    @Test
    void whoAsksForMoreContactsThanAPersonHasCompetesWhateverItsBrand() {
        weight = 0.7;
        var one = here();
        for (var other : List.of(List.of("one"), List.<String>of(), List.of("one", "two"))) {
            brands = other;
            var pair = Overlaps.pair(one, here()).orElseThrow();
            assertThat(pair.severity()).as(other.toString()).isEqualTo(Severity.CONFLICT);
            assertThat(pair.reasons()).singleElement().satisfies(it -> {
                assertThat(it.code()).isEqualTo(Code.OVER_CONTACT_BUDGET);
                assertThat(it.text()).contains("8.4 contacts").contains("6.");
            });
        }
    }

    @Test
    void conflictsComeFirstThenTheHeavierPairs() {
        var light = here("obj_light", "one", 0.1);
        var heavy = here("obj_heavy", "one", 0.4);
        var rival = here("obj_rival", "two", 0.95);

        var pairs = Overlaps.of(List.of(light, heavy, rival));

        assertThat(pairs).extracting(it -> it.severity() + " " + it.first().objective().id() + " " + it.second().objective().id())
                .containsExactly("CONFLICT obj_heavy obj_rival", "CONFLICT obj_light obj_rival", "OVERLAP obj_light obj_heavy");
    }

    @Test
    void nobodyCompetesAlone() {
        assertThat(Overlaps.of(List.of(here()))).isEmpty();
        assertThat(Overlaps.of(List.of())).isEmpty();
    }

    private static List<Code> reasons(Competitor a, Competitor b) {
        return Overlaps.pair(a, b).orElseThrow().reasons().stream().map(Overlaps.Reason::code).toList();
    }

    private Competitor here(String name, String brand, double heavy) {
        id = name;
        brands = List.of(brand);
        weight = heavy;
        return here();
    }

    private Competitor here() {
        var objective = new Objective(id, id, audience, way.getFirst(), way.getLast(), List.copyOf(needs.keySet()), brands, markets, kind,
                "service-oriented", Map.of("web", 1.0), List.of(), weight, from, until, List.of(), null, policy, null, List.of());
        return new Competitor("str_a", "A", 1, objective, audienceUp, way, needs, segments, human, policy);
    }
}
