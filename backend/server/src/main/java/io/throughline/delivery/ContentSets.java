package io.throughline.delivery;

import io.throughline.delivery.Composition.Exclusion;
import io.throughline.shared.Problem;
import io.throughline.strategy.Strategies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Answers a context with its content set: from what this node still knows to be true, or composed anew.
@Service
class ContentSets {

    private static final long CACHE_BYTES = 256L << 20;
    private static final int MOST_EXPLAINED = 60;

    private final Catalogue catalogue;
    private final Candidates candidates;
    private final ContextCompiler compiler;
    private final DeliveredItems items;
    private final Strategies strategies;
    private final Clock clock;
    private final TransactionTemplate snapshot;
    private final ServedCache<SetRequest, ServedSet> cache;

    ContentSets(Catalogue catalogue, Candidates candidates, ContextCompiler compiler, DeliveredItems items, Strategies strategies,
            CatalogueClock catalogueClock, Clock clock, PlatformTransactionManager transactions) {
        this.catalogue = catalogue;
        this.candidates = candidates;
        this.compiler = compiler;
        this.items = items;
        this.strategies = strategies;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.cache = new ServedCache<>(catalogueClock, CACHE_BYTES);
    }

    /// @throws io.throughline.shared.ProblemException `mandatory-slot-empty`, `search-unavailable`, `invalid-query`
    ServedCache.Hit<ServedSet> answer(SetRequest request) {
        var now = clock.instant();
        if (request.isCacheable()) {
            var hit = cache.find(request, now);
            if (hit != null) {
                return hit;
            }
        }
        var set = request.at() == null ? composeNow(request, now) : composeAsOf(request, request.at());
        if (request.isCacheable()) {
            cache.keep(request, set);
        }
        return new ServedCache.Hit<>(set, set.sequence());
    }

    private ServedSet composeNow(SetRequest request, Instant now) {
        var strategy = strategies.activeAt(now, onlyBrand(request));
        var context = compiler.compile(request, strategy);
        var hint = candidates.ask(context, now);
        return Objects.requireNonNull(snapshot.execute(_ -> {
            long sequence = catalogue.head();
            // an activation may have come between the question and the snapshot: then this is not the set of that sequence
            var active = strategies.activeAt(now, onlyBrand(request));
            var exact = active.equals(strategy) ? context : compiler.compile(request, active);
            var found = candidates.prove(exact, hint, now);
            return finish(request, exact, active.map(it -> new ContentSetJson.Strategy(it.id(), it.number())).orElse(null), found, now, sequence, null);
        }));
    }

    private ServedSet composeAsOf(SetRequest request, Instant at) {
        return Objects.requireNonNull(snapshot.execute(_ -> {
            var strategy = strategies.activeAt(at, onlyBrand(request));
            var context = compiler.compile(request, strategy);
            long sequence = catalogue.headAt(at);
            var everything = catalogue.listAsOf(sequence, context.market(), context.locales(), context.kinds())
                    .orElseThrow(() -> Problem.SEARCH_UNAVAILABLE.because("The catalogue of this market is too large to be read as of a past "
                            + "instant. Ask without 'at'."));
            return finish(request, context, strategy.map(it -> new ContentSetJson.Strategy(it.id(), it.number())).orElse(null),
                    candidates.choose(context, everything, at), at, sequence, sequence);
        }));
    }

    private ServedSet finish(SetRequest request, SetContext context, ContentSetJson.@Nullable Strategy strategy,
            Collection<Candidate> found, Instant now, long sequence,
            @Nullable Long asOf) {
        var considered = new LinkedHashMap<String, Candidate>();
        found.forEach(candidate -> considered.put(candidate.publicationId(), candidate));
        if (request.explain()) {
            near(request, context).forEach(candidate -> considered.putIfAbsent(candidate.publicationId(), candidate));
        }
        var pairIds = new HashSet<String>();
        considered.values().forEach(candidate -> pairIds.addAll(Composer.pairs(candidate)));
        var paired = catalogue.findPaired(pairIds, context.market(), context.locales(), asOf, now);
        var set = Composer.compose(context, considered.values(), paired, now);
        if (set.blockedByPairing()) {
            throw Problem.MANDATORY_SLOT_EMPTY.because("What fits this context must be shown with its safety or prescribing information, which is "
                    + "not published in " + context.market() + " for " + context.locale() + ". Show nothing, and tell the content team.");
        }
        if (request.explain()) {
            set = explained(request, context, set);
        }
        var nextStart = catalogue.nextStart(context.market(), context.locales(), context.kinds(), asOf, now);
        var chosen = new ArrayList<>(set.candidates());
        return ContentSetJson.write(request, context, strategy, set, items.write(chosen, paired), validUntil(set, now, nextStart), sequence);
    }

    private Instant validUntil(Composition set, Instant now, @Nullable Instant nextStart) {
        var next = Window.earlier(set.nextChange(), nextStart);
        next = Window.earlier(next, strategies.nextChangeAfter(now).orElse(null));
        // with nothing scheduled, the end of the next day: a fixed moment, so that equal sets stay equal
        return next == null ? now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2)) : next;
    }

    private List<Candidate> near(SetRequest request, SetContext context) {
        var needs = new HashSet<>(context.needs());
        needs.addAll(context.broaderNeeds());
        return catalogue.listNear(needs, context.kinds(), new HashSet<>(request.explainMarkets()), MOST_EXPLAINED);
    }

    /// Adds what was withdrawn or has expired here, and bounds the list.
    private Composition explained(SetRequest request, SetContext context, Composition set) {
        var excluded = new ArrayList<>(set.excluded());
        var needs = new HashSet<>(context.needs());
        needs.addAll(context.broaderNeeds());
        for (var ended : catalogue.listEnded(needs, context.kinds(), context.market(), context.locales(), MOST_EXPLAINED)) {
            if (Admission.couldEnter(context, ended.candidate())) {
                excluded.add(new Exclusion(ended.candidate().itemId(), ended.candidate().key(), ended.candidate().title(),
                        Objects.requireNonNullElse(ended.endReason(), "ended"), "It was " + ended.endReason() + " on " + ended.endedAt() + "."));
            }
        }
        var distinct = new LinkedHashMap<String, Exclusion>();
        var inSet = new HashSet<String>();
        set.candidates().forEach(candidate -> inSet.add(candidate.itemId()));
        excluded.stream().filter(one -> !inSet.contains(one.id())).forEach(one -> distinct.putIfAbsent(one.id(), one));
        return new Composition(set.kind(), set.slots(), set.relaxed(), distinct.values().stream().limit(MOST_EXPLAINED).toList(),
                set.objectives(), set.watched(), set.blockedByPairing(), set.nextChange());
    }

    private static @Nullable String onlyBrand(SetRequest request) {
        return request.brands().size() == 1 ? request.brands().getFirst() : null;
    }
}
