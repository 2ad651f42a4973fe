package io.throughline.delivery.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.MarketCatalogue;
import io.throughline.catalogue.MarketEdit;
import io.throughline.delivery.choice.Shelf;
import io.throughline.content.Kinds;
import io.throughline.content.Rule;
import io.throughline.delivery.Plainly;
import io.throughline.publication.EvidenceGrade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SelectionTests {

    private static final List<String> NEEDS = List.of("dosing", "treatment-decision", "refer-share-care", "daily-life");
    private static final List<String> STAGES = List.of("considering", "aware", "trying", "adopted", "unaware");

    private final Random random = new Random(11);

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Candidate anything(String id, String locale) {
        var made = (random.nextInt(4) == 0 ? Shelf.claim(id) : Shelf.article(id)).locale(locale)
                .need(pick(NEEDS)).stage(pick(STAGES)).audience(pick(List.of("hcp", "hcp.primary-care", "patient")))
                .kind(pick(Kinds.IN_ORDER)).evidence(pick(List.of(EvidenceGrade.values()))).approvedAt("2026-0" + (1 + random.nextInt(9)) + "-01T00:00:00Z");
        if (random.nextInt(3) == 0) {
            made.pairedWith(pick(List.of("saf", "none")), pick(List.of("pi", "none")));
        }
        if (random.nextInt(5) == 0) {
            made.channel(pick(List.of("web", "email")));
        }
        if (random.nextInt(4) == 0) {
            made.brand(pick(List.of("cardio", "neuro")));
        }
        if (random.nextInt(6) == 0) {
            made.effective(Shelf.NOW.plusSeconds(random.nextInt(-5, 5)), Shelf.NOW.plusSeconds(5 + random.nextInt(100)));
        }
        return made.published();
    }

    private static List<Candidate> served(Selection selection, SetContext context) {
        return selection.candidates().stream()
                .filter(candidate -> Admission.refuse(context, candidate, selection.paired(), Shelf.NOW).isEmpty())
                .sorted(Plainly.BY_ID).toList();
    }

    private List<SetContext> contexts() {
        var all = Shelf.dosingForGps();
        return List.of(all, Shelf.context("daily-life", "aware", "considering"), Shelf.context("refer-share-care", "unaware", "aware"),
                Shelf.reading(all, Kinds.NON_PROMOTIONAL), Shelf.forPatients(all));
    }

    @RepeatedTest(20)
    void bitsFindWhatLookingAtEverythingFindsAfterAnyChanges(RepetitionInfo info) {
        random.setSeed(info.getCurrentRepetition());
        var there = new ArrayList<Candidate>(List.of(Shelf.safety("saf").published(), Shelf.prescribing("pi").published()));
        var market = MarketCatalogue.EMPTY;
        int items = 40 * info.getCurrentRepetition();
        for (int round = 0; round < 4; round++) {
            var edit = new MarketEdit(market, MarketCatalogue.floorMicros(Shelf.NOW));
            if (round == 0) {
                there.forEach(edit::add);
            }
            for (int i = 0; i < items; i++) {
                if (random.nextInt(3) == 0 && there.size() > 2) {
                    var ended = there.remove(2 + random.nextInt(there.size() - 2));
                    edit.remove(ended.itemId(), ended.publicationId());
                } else {
                    var started = anything("item-" + random.nextInt(items), random.nextInt(4) == 0 ? "en-US" : "en-GB");
                    if (there.stream().noneMatch(other -> other.publicationId().equals(started.publicationId()))) {
                        there.add(started);
                        edit.add(started);
                    }
                }
            }
            market = edit.done();
            assertThat(market.count()).isEqualTo(there.size());
            for (var context : contexts()) {
                var selection = new Selection(context, market::publications, Shelf.NOW);
                selection.offerAll(market, Long.MAX_VALUE);
                var expected = Plainly.select(context, there, Shelf.NOW);
                assertThat(served(selection, context)).isEqualTo(expected);
                var oneByOne = new Selection(context, market::publications, Shelf.NOW);
                there.forEach(oneByOne::offer);
                assertThat(List.copyOf(oneByOne.candidates())).containsExactlyInAnyOrderElementsOf(selection.candidates());
                var waiting = there.stream().filter(candidate -> candidate.window().from().isAfter(Shelf.NOW)
                                && context.locales().contains(candidate.locale()) && context.kinds().contains(candidate.kind())
                                && context.readable().brands().covers(candidate.brand()))
                        .map(candidate -> candidate.window().from()).min(Comparator.naturalOrder());
                assertThat(market.nextStart(context.locales(), context.kinds(), context.readable().brands(), Shelf.NOW)).isEqualTo(waiting.orElse(null));
            }
        }
    }

    /// Blocks are left out only where a market has many.
    @RepeatedTest(8)
    void inALargeMarketWhatIsNotLookedAtChangesNothing(RepetitionInfo info) {
        random.setSeed(info.getCurrentRepetition());
        var there = new ArrayList<Candidate>(List.of(Shelf.safety("saf").published(), Shelf.prescribing("pi").published()));
        for (int i = 0; i < 24_000; i++) {
            var candidate = anything("item-" + i, random.nextInt(9) == 0 ? "en-US" : "en-GB");
            there.add(info.getCurrentRepetition() % 4 == 0 && random.nextInt(3_000) == 0 ? SetRulesTests.bound(candidate, List.of(), rule("item-" + random.nextInt(24_000)))
                    : candidate);
        }
        if (info.getCurrentRepetition() % 2 == 0) {
            there.sort(Comparator.comparing(MarketCatalogue.Alike::of)); // as when a catalogue was just read
        }
        var first = new MarketEdit(MarketCatalogue.EMPTY, MarketCatalogue.floorMicros(Shelf.NOW));
        there.forEach(first::add);
        var second = new MarketEdit(first.done(), MarketCatalogue.floorMicros(Shelf.NOW));
        for (int i = 0; i < 2_000; i++) {
            var ended = there.remove(2 + random.nextInt(there.size() - 2));
            second.remove(ended.itemId(), ended.publicationId());
            if (random.nextBoolean()) {
                var started = anything("late-" + i, "en-GB");
                there.add(started);
                second.add(started);
            }
        }
        var market = second.done();
        assertThat(market.blocks()).isGreaterThan(20);
        var contexts = new ArrayList<>(contexts());
        contexts().forEach(context -> contexts.add(Shelf.with(context, List.of(goal("cardio", 0.8), goal(null, 0.3), goal("neuro", 0.8)))));
        contexts.add(Shelf.forBrands(contexts.getLast(), "cardio"));
        contexts.add(Shelf.forBrands(contexts.getFirst(), "neuro"));
        contexts.add(Shelf.seen(contexts.getFirst(), there.stream().filter(_ -> random.nextInt(4) == 0).map(Candidate::itemId).distinct().toArray(String[]::new)));
        contexts.add(Shelf.tiredOf(contexts.getFirst(), random.nextBoolean(), there.get(40).itemId()));
        for (var context : contexts) {
            var all = new Selection(context, market::publications, Shelf.NOW);
            all.offerAll(market, Long.MAX_VALUE);
            assertThat(served(all, context)).isEqualTo(Plainly.select(context, there, Shelf.NOW));
            var enough = new Selection(context, market::publications, Shelf.NOW);
            enough.offerEnough(market, Long.MAX_VALUE);
            assertThat(Composer.compose(context, enough.candidates(), enough.paired(), Shelf.NOW, false)).usingRecursiveComparison().ignoringFields("watched")
                    .isEqualTo(Composer.compose(context, all.candidates(), all.paired(), Shelf.NOW, false));
        }
    }

    private SetContext.Goal goal(@Nullable String brand, double weight) {
        return new SetContext.Goal("obj_" + random.nextInt(1_000), new HashSet<>(List.of(pick(STAGES), pick(STAGES))), random.nextBoolean() ? Set.of() : Set.of(pick(NEEDS)), brand == null ? Set.of() : Set.of(brand),
                random.nextBoolean() ? null : pick(Kinds.IN_ORDER), weight);
    }

    /// From catalogues without rules between items to such where nearly every item has one, and every second reader has had enough
    /// of something.
    @RepeatedTest(120)
    void enoughIsAllThatTheSetDependsOn(RepetitionInfo info) {
        random.setSeed(info.getCurrentRepetition());
        int items = 10 + 2 * info.getCurrentRepetition();
        var there = new ArrayList<Candidate>(List.of(Shelf.safety("saf").published(), Shelf.prescribing("pi").published()));
        for (int i = 0; i < items; i++) {
            for (var locale : random.nextInt(4) == 0 ? List.of("en-GB", "en-US") : List.of("en-GB")) {
                var candidate = anything("item-" + i, locale);
                there.add(random.nextInt(10) >= info.getCurrentRepetition() % 11 ? candidate
                        : SetRulesTests.bound(candidate, List.of(), rule("item-" + random.nextInt(2 * items))));
            }
        }
        var edit = new MarketEdit(MarketCatalogue.EMPTY, MarketCatalogue.floorMicros(Shelf.NOW));
        there.forEach(edit::add);
        var market = edit.done();
        for (var fresh : contexts()) {
            var tired = Shelf.tiredOf(fresh, random.nextBoolean(), "item-" + random.nextInt(items));
            var context = random.nextBoolean() ? fresh : tired;
            var enough = new Selection(context, market::publications, Shelf.NOW);
            enough.offerEnough(market, Long.MAX_VALUE);
            assertThat(Composer.compose(context, enough.candidates(), enough.paired(), Shelf.NOW, false)).usingRecursiveComparison()
                    .ignoringFields("watched")
                    .isEqualTo(Composer.compose(context, there, Plainly.paired(context, there, Shelf.NOW), Shelf.NOW, false));
        }
    }

    @Test
    void whereEverythingThatFitsBestIsRuledOutWhatFitsLessComesIn() {
        var edit = new MarketEdit(MarketCatalogue.EMPTY, MarketCatalogue.floorMicros(Shelf.NOW));
        for (int i = 0; i < 20; i++) {
            edit.add(SetRulesTests.bound(Shelf.article("bound-" + i).published(), List.of(),
                    new Rule.Requires("rul_r", "Not without it.", "US-1", new Rule.Target.Items(List.of("nowhere")))));
        }
        edit.add(Shelf.article("free").need("treatment-decision").published());
        var market = edit.done();
        var selection = new Selection(Shelf.dosingForGps(), market::publications, Shelf.NOW);
        selection.offerEnough(market, Long.MAX_VALUE);
        assertThat(Composer.compose(Shelf.dosingForGps(), selection.candidates(), selection.paired(), Shelf.NOW, false).candidates())
                .extracting(Candidate::itemId).containsExactly("free");
    }

    private Rule rule(String other) {
        return switch (random.nextInt(5)) {
            case 4 -> new Rule.AllowedChannel("rul_c", "Not there.", "US-1", Set.of(pick(List.of("web", "email"))));
            case 0 -> new Rule.Excludes("rul_x", "Not beside it.", "US-1", Set.of(other));
            case 1 -> new Rule.Requires("rul_r", "Not without it.", "US-1", new Rule.Target.Items(List.of(other)));
            case 2 -> new Rule.Order("rul_o", "Before it.", "US-1", Set.of(other));
            default -> new Rule.MaxUse("rul_m", "Only so often.", "US-1", 1, random.nextBoolean() ? Rule.Per.SET : Rule.Per.PERSON);
        };
    }

    @Test
    void aWindowHoldsToTheNanosecondAlthoughBitsKnowMicroseconds() {
        var now = Shelf.NOW.plusNanos(500);
        var edit = new MarketEdit(MarketCatalogue.EMPTY, 0);
        var start = Shelf.NOW.minusSeconds(1);
        edit.add(Shelf.article("ends-next").effective(start, now.plusNanos(1)).published());
        edit.add(Shelf.article("ended").effective(start, now).published());
        edit.add(Shelf.article("starts").effective(now, Shelf.LATER).published());
        edit.add(Shelf.article("starts-next").effective(now.plusNanos(1), Shelf.LATER).published());
        var market = edit.done();
        var selection = new Selection(Shelf.dosingForGps(), market::publications, now);
        selection.offerAll(market, 1);
        assertThat(selection.candidates()).extracting(Candidate::itemId).containsExactlyInAnyOrder("ends-next", "starts");
    }

    @Test
    void whoReadsTheCatalogueFromBeforeGoesOnReadingIt() {
        var first = new MarketEdit(MarketCatalogue.EMPTY, 0);
        var a = Shelf.article("a").published();
        first.add(a);
        var before = first.done();
        var second = new MarketEdit(before, 0);
        second.remove("a", a.publicationId());
        second.add(Shelf.article("b").published()); // in the place of the other
        var after = second.done();
        assertThat(before.publications("a")).containsExactly(a);
        assertThat(before.publications("b")).isEmpty();
        assertThat(after.publications("a")).isEmpty();
        assertThat(after.publications("b")).hasSize(1);
        assertThat(before.candidate(0)).isEqualTo(a);
        assertThat(after.size).isEqualTo(1);
    }

    @Test
    void whatWasNotThereCanNotEnd() {
        assertThatThrownBy(() -> new MarketEdit(MarketCatalogue.EMPTY, 0).remove("a", "pub_a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasSeenMakesRoomForWhatWasNotHoweverMuchThereIs() {
        var edit = new MarketEdit(MarketCatalogue.EMPTY, 0);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3 * Selection.PER_PLACE; i++) {
            ids.add("i" + i);
            edit.add(Shelf.article("i" + i).published());
        }
        var market = edit.done();
        var unseen = ids.removeLast();
        var context = Shelf.seen(Shelf.dosingForGps(), ids.toArray(String[]::new));
        var selection = new Selection(context, market::publications, Shelf.NOW);
        selection.offerAll(market, 1);
        var set = Composer.compose(context, selection.candidates(), selection.paired(), Shelf.NOW);
        assertThat(set.candidates().getFirst().itemId()).isEqualTo(unseen);
    }
}
