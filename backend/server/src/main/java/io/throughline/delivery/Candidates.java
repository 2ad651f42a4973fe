package io.throughline.delivery;

import io.throughline.shared.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Finds the candidates of a set so that the result is what PostgreSQL says at one sequence, however far the index has come.
///
/// The index names the best of each place as of its cursor. What started since comes from PostgreSQL, what ended since is
/// dropped, and each place is cut to the same number by the same order that the index uses. So the candidates are the
/// same whether the index is ahead, behind or away.
@Component
class Candidates {

    private static final Logger log = LoggerFactory.getLogger(Candidates.class);

    /// Per slot and kind. A slot shows at most three.
    static final int PER_PLACE = 50;
    /// How many of a place may have ended since the cursor before the index's answer proves nothing.
    private static final int MOST_SLACK = 200;

    /// The order of the index (see [CandidateSource.Query]): by this the places are cut.
    private static final Comparator<Placed> INDEX_ORDER = Comparator.comparingInt(Placed::step)
            .thenComparing(Comparator.comparing((Placed placed) -> placed.candidate().approvedAt()).reversed())
            .thenComparing(placed -> placed.candidate().itemId())
            .thenComparing(placed -> placed.candidate().publicationId());

    private record Placed(Candidate candidate, int step) {}

    private record Place(String kind, Slot slot) {}

    /// What the index said, before PostgreSQL was asked.
    ///
    /// @param cursor the index shows at least every change up to here; 0 when it could not be asked
    record Hint(List<CandidateSource.Query> queries, List<List<String>> ids, long cursor, int slack) {}

    private final Catalogue catalogue;
    private final CandidateSource source;
    private volatile boolean sourceFails;

    Candidates(Catalogue catalogue, CandidateSource source) {
        this.catalogue = catalogue;
        this.source = source;
    }

    /// Asks the index; must come before the snapshot is opened, so that the snapshot is never older than the answer.
    Hint ask(SetContext context, Instant now) {
        long cursor = catalogue.indexedUpTo();
        int slack = (int) Math.min(MOST_SLACK, Math.max(0, catalogue.head() - cursor) + 10);
        var queries = queries(context, now, PER_PLACE + slack);
        if (cursor == 0) {
            return new Hint(queries, queries.stream().map(query -> List.<String>of()).toList(), 0, slack);
        }
        try {
            var ids = source.find(queries);
            if (sourceFails) {
                sourceFails = false;
                log.info("The index answers again");
            }
            return new Hint(queries, ids, cursor, slack);
        } catch (CandidateSource.Unavailable away) {
            if (!sourceFails) {
                sourceFails = true;
                log.warn("Content sets are made from PostgreSQL alone until the index answers again: {}", away.getMessage());
            }
            return new Hint(queries, queries.stream().map(query -> List.<String>of()).toList(), 0, slack);
        }
    }

    /// Inside the snapshot: what the hint stands for at its sequence.
    ///
    /// @throws io.throughline.shared.ProblemException `search-unavailable` when neither side can prove the answer
    Collection<Candidate> prove(SetContext context, Hint hint, Instant now) {
        var fresh = catalogue.listStartedAfter(hint.cursor(), context.market(), context.locales(), context.kinds())
                .orElseThrow(Candidates::notProvable);
        var all = new ArrayList<String>();
        hint.ids().forEach(all::addAll);
        var current = new LinkedHashMap<String, Candidate>();
        catalogue.listCurrent(all).forEach(candidate -> current.put(candidate.publicationId(), candidate));

        var chosen = new LinkedHashMap<String, Candidate>();
        for (int i = 0; i < hint.queries().size(); i++) {
            var query = hint.queries().get(i);
            var ids = hint.ids().get(i);
            var place = new Place(query.kind(), Slot.valueOf(query.slot().toUpperCase(java.util.Locale.ROOT)));
            var named = ids.stream().map(current::get).filter(java.util.Objects::nonNull).toList();
            if (ids.size() == query.size() && ids.size() - named.size() > hint.slack()) {
                throw notProvable();
            }
            var placed = new LinkedHashMap<String, Placed>();
            named.forEach(candidate -> place(context, place, candidate, now, placed));
            fresh.forEach(candidate -> place(context, place, candidate, now, placed));
            placed.values().stream().sorted(INDEX_ORDER).limit(PER_PLACE)
                    .forEach(kept -> chosen.put(kept.candidate().publicationId(), kept.candidate()));
        }
        return chosen.values();
    }

    /// The same choice among everything there is, for the past.
    Collection<Candidate> choose(SetContext context, List<Candidate> everything, Instant now) {
        var chosen = new LinkedHashMap<String, Candidate>();
        for (var query : queries(context, now, PER_PLACE)) {
            var place = new Place(query.kind(), Slot.valueOf(query.slot().toUpperCase(java.util.Locale.ROOT)));
            var placed = new LinkedHashMap<String, Placed>();
            everything.forEach(candidate -> place(context, place, candidate, now, placed));
            placed.values().stream().sorted(INDEX_ORDER).limit(PER_PLACE)
                    .forEach(kept -> chosen.put(kept.candidate().publicationId(), kept.candidate()));
        }
        return chosen.values();
    }

    private static void place(SetContext context, Place place, Candidate candidate, Instant now, LinkedHashMap<String, Placed> placed) {
        if (!candidate.kind().equals(place.kind()) || !candidate.facets().slots().contains(place.slot().text())
                || !Admission.couldEnter(context, candidate) || !candidate.window().contains(now)) {
            return;
        }
        var fit = Fit.in(place.slot(), context, candidate);
        if (fit != null) {
            placed.put(candidate.publicationId(), new Placed(candidate, fit.indexStep()));
        }
    }

    static List<CandidateSource.Query> queries(SetContext context, Instant now, int size) {
        var queries = new ArrayList<CandidateSource.Query>();
        for (var kind : Kinds.IN_ORDER) {
            if (!context.kinds().contains(kind) || context.forbiddenKinds().containsKey(kind)) {
                continue;
            }
            for (var slot : Slot.RANKED) {
                boolean next = slot == Slot.NEXT;
                var wanted = next ? context.nextStage() : context.stage();
                if (next && wanted == null) {
                    continue;
                }
                queries.add(new CandidateSource.Query(slot.text(), kind, context.market(), context.locales(), context.audiences(),
                        context.channel(), context.brands(), wanted == null ? Set.of() : Set.of(wanted),
                        next ? Set.of() : context.nearStages(), next, context.needs(), Set.copyOf(context.broaderNeeds()), now, size));
            }
        }
        return queries;
    }

    static io.throughline.shared.ProblemException notProvable() {
        return Problem.SEARCH_UNAVAILABLE.because("The search index is too far behind to prove what belongs in this answer. Try again shortly.")
                .withHeader("Retry-After", "2");
    }
}
