package io.throughline.delivery.sets;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.catalogue.CatalogueProjection;
import io.throughline.catalogue.Window;
import io.throughline.delivery.edge.ServedCache;
import io.throughline.delivery.items.DeliveredItems;
import io.throughline.delivery.choice.Admission;
import io.throughline.delivery.choice.Composer;
import io.throughline.delivery.choice.Composition;
import io.throughline.delivery.choice.Composition.Exclusion;
import io.throughline.delivery.choice.Selection;
import io.throughline.delivery.choice.SetContext;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Answers a context with its content set: from what this node still knows to be true, or composed anew.
@Service
public class ContentSets {

    private static final long CACHE_BYTES = Runtime.getRuntime().maxMemory() / 16;
    private static final int MOST_EXPLAINED = 200;
    private static final int MOST_ENDED = 50;

    private final CatalogueProjection projection;
    private final PastCatalogue past;
    private final AlteredDocuments altered;
    private final ContextCompiler compiler;
    private final DeliveredItems items;
    private final ContentSetJson json;
    private final Strategies strategies;
    private final Clock clock;
    private final ServedCache<SetRequest, ServedSet> cache;

    ContentSets(CatalogueProjection projection, PastCatalogue past, AlteredDocuments altered, ContextCompiler compiler, DeliveredItems items, ContentSetJson json,
            Strategies strategies, CatalogueClock catalogueClock, Clock clock) {
        this.projection = projection;
        this.past = past;
        this.altered = altered;
        this.compiler = compiler;
        this.items = items;
        this.json = json;
        this.strategies = strategies;
        this.clock = clock;
        this.cache = new ServedCache<>(catalogueClock, altered, CACHE_BYTES);
    }

    /// @throws io.throughline.shared.ProblemException `mandatory-slot-empty`, `invalid-query`
    public ServedCache.Hit<ServedSet> answer(SetRequest request) {
        var now = clock.instant();
        if (request.isCacheable()) {
            var hit = cache.find(request, now);
            if (hit != null) {
                return hit;
            }
        }
        var set = altered.leavingOut(() -> request.at() == null ? composeNow(request, now) : composeAsOf(request, request.at()));
        if (request.isCacheable()) {
            cache.keep(request, set);
        }
        return new ServedCache.Hit<>(set, set.sequence());
    }

    private ServedSet composeNow(SetRequest request, Instant now) {
        var state = projection.current();
        var strategy = strategies.listActiveAt(now, state.activation());
        var context = compiler.compile(request, strategy, now);
        var market = state.market(context.market());
        var selection = new Selection(context, market::publications, now, altered.ids());
        if (request.explain()) {
            selection.offerAll(market, state.sequence());
        } else {
            selection.offerEnough(market, state.sequence());
        }
        var nextStart = market.nextStart(context.locales(), context.kinds(), request.readableBrands(), now);
        return finish(request, context, selection, now, state.sequence(), state.activation(), nextStart);
    }

    private ServedSet composeAsOf(SetRequest request, Instant at) {
        var state = projection.current();
        long sequence = Math.min(past.headAt(at), state.sequence());
        var strategy = strategies.listActiveAt(at, sequence);
        var context = compiler.compile(request, strategy, at);
        var then = past.select(context, state, sequence, at);
        return finish(request, context, then.selection(), at, sequence, sequence, then.nextStart());
    }

    /// @param activation strategies activated at a later content sequence don't count
    private ServedSet finish(SetRequest request, SetContext context, Selection selection, Instant now, long sequence,
            long activation, @Nullable Instant nextStart) {
        var considered = request.explain() ? withNear(selection, request, context, sequence) : selection.candidates();
        var paired = selection.paired();
        var set = Composer.compose(context, considered, paired, now, request.explain());
        if (set.blockedByPairing()) {
            throw Problem.MANDATORY_SLOT_EMPTY.because("What fits this context must be shown with its safety or prescribing information, which is "
                    + "not published in " + context.market() + " for " + context.locale() + ". Show nothing, and tell the content team.");
        }
        if (request.explain()) {
            set = explained(context, set, sequence);
        }
        return json.write(request, context, set, items.read(set.candidates(), paired), validUntil(set, now, nextStart, activation), sequence);
    }

    private Instant validUntil(Composition set, Instant now, @Nullable Instant nextStart, long activation) {
        var next = Window.earlier(set.nextChange(), nextStart);
        next = Window.earlier(next, strategies.nextChangeAfter(now, activation).orElse(null));
        // with nothing scheduled, the end of the next day: a fixed moment, so that equal sets stay equal
        return next == null ? now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2)) : next;
    }

    /// The selection, and what comes near the context but is meant for others.
    private Collection<Candidate> withNear(Selection selection, SetRequest request, SetContext context, long sequence) {
        var considered = new LinkedHashMap<String, Candidate>();
        selection.candidates().forEach(candidate -> considered.put(candidate.publicationId(), candidate));
        var needs = new HashSet<>(context.needs());
        needs.addAll(context.broaderNeeds());
        past.listNear(projection.current(), needs, context.kinds(), request.readableBrands(), request.explainMarkets(), sequence, MOST_EXPLAINED)
                .forEach(candidate -> considered.putIfAbsent(candidate.publicationId(), candidate));
        considered.values().forEach(selection::pair);
        return considered.values();
    }

    /// Adds what was withdrawn, has expired or has left because of what it holds here; bounds the list and tells by how much.
    private Composition explained(SetContext context, Composition set, long sequence) {
        var excluded = new ArrayList<Exclusion>();
        var needs = new HashSet<>(context.needs());
        needs.addAll(context.broaderNeeds());
        for (var ended : past.listEnded(needs, context.kinds(), context.market(), context.locales(), sequence, MOST_ENDED)) {
            if (Admission.couldEnter(context, ended.candidate())) {
                excluded.add(new Exclusion(ended.candidate().itemId(), ended.candidate().key(), ended.candidate().title(),
                        ended.reason(), sentence(ended)));
            }
        }
        return set.explainedBy(excluded, MOST_EXPLAINED);
    }

    private static String sentence(PastCatalogue.Ended ended) {
        return ended.reason().equals("impacted")
                ? "It left on " + ended.at() + ", because something that it holds was changed or is no longer there."
                : "It was " + ended.reason() + " on " + ended.at() + ".";
    }
}
