package io.throughline.strategy;

import io.throughline.identity.People;
import io.throughline.shared.Actor;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Reads of briefs, within the reader's brands and markets.
@Service
public class Briefs {

    private static final Set<String> UNFINISHED = Set.of("open", "in-work");

    private final BriefStore store;
    private final People people;
    private final Clock clock;

    Briefs(BriefStore store, People people, Clock clock) {
        this.store = store;
        this.people = people;
        this.clock = clock;
    }

    /// What the person is asked to write, by due date.
    public List<BriefRow> listAssigned(Actor actor, int limit) {
        return rows(store.list(actor, new BriefStore.Filter(UNFINISHED, actor.id(), null, null, null, null, null), limit, null));
    }

    /// The brief that an item was started from, if it is the actor's to read.
    public Optional<BriefName> findOf(Actor actor, String itemId) {
        return store.findByItem(actor, itemId).map(it -> new BriefName(it.id(), it.title(),
                new BriefName.Objective(it.strategyId(), it.strategyNumber(), it.objectiveId(), it.objectiveName())));
    }

    /// Those for a cell, unfinished ones first.
    List<BriefRow> listFor(Actor actor, Supply.Question question, String stage, String need, int limit) {
        var brands = question.brand() == null ? null : Set.of(question.brand());
        var markets = question.market() == null ? null : Set.of(question.market());
        var found = store.list(actor, new BriefStore.Filter(null, null, brands, markets, question.audiences(), stage, Set.of(need)), 10 * limit, null);
        return rows(found.stream().sorted(Comparator.comparing((Brief it) -> !it.isUnfinished()).thenComparing(Brief::dueOn)).limit(limit).toList());
    }

    List<BriefRow> rows(List<Brief> briefs) {
        var today = MatrixScope.day(clock.instant());
        var names = people.names(briefs.stream().map(Brief::writer).collect(Collectors.toSet()));
        return briefs.stream()
                .map(it -> new BriefRow(it.id(), it.title(), it.state(), it.audience(), it.stage(), it.need(), it.brand(), it.market(), it.dueOn(),
                        it.isUnfinished() && it.dueOn().isBefore(today), new BriefRow.Writer(it.writer(), names.getOrDefault(it.writer(), it.writer())),
                        it.itemId()))
                .toList();
    }
}
