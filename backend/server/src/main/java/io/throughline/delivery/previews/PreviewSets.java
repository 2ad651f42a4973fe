package io.throughline.delivery.previews;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.catalogue.CatalogueProjection;
import io.throughline.catalogue.CatalogueState;
import io.throughline.catalogue.MarketCatalogue;
import io.throughline.delivery.items.DeliveredItems;
import io.throughline.delivery.items.Documents;
import io.throughline.delivery.previews.PreviewCatalogue.Supposed;
import io.throughline.delivery.sets.ContentSetJson;
import io.throughline.delivery.sets.ContextCompiler;
import io.throughline.delivery.sets.PastCatalogue;
import io.throughline.delivery.sets.SetRequest;
import io.throughline.delivery.choice.Composer;
import io.throughline.delivery.choice.Composition;
import io.throughline.delivery.choice.Selection;
import io.throughline.delivery.choice.SetContext;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.strategy.Strategies;
import io.throughline.taxonomy.MarketPacks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/// What a context would get if the newest words that a token may see were approved and published now: composed by the same pure functions
/// over [PreviewCatalogue]. There is no receipt, nothing is counted as demand, and nothing is kept.
@Service
class PreviewSets {

    private static final int MOST_EXPLAINED = 200;
    /// Previews may not take the processor from channels: this many are composed at once on a node.
    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 5;

    private final CatalogueProjection projection;
    private final CatalogueClock catalogueClock;
    private final PastCatalogue past;
    private final AlteredDocuments altered;
    private final ContextCompiler compiler;
    private final PreviewCatalogue supposing;
    private final PreviewReader reader;
    private final PreviewDocuments documents;
    private final Documents publishedDocuments;
    private final Strategies strategies;
    private final MarketPacks packs;
    private final Clock clock;
    private final TransactionTemplate snapshot;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    PreviewSets(CatalogueProjection projection, CatalogueClock catalogueClock, PastCatalogue past, AlteredDocuments altered, ContextCompiler compiler, PreviewCatalogue supposing,
            PreviewReader reader, PreviewDocuments documents, Documents publishedDocuments, Strategies strategies, MarketPacks packs, Clock clock,
            PlatformTransactionManager transactions) {
        this.projection = projection;
        this.catalogueClock = catalogueClock;
        this.past = past;
        this.altered = altered;
        this.compiler = compiler;
        this.supposing = supposing;
        this.reader = reader;
        this.documents = documents;
        this.publishedDocuments = publishedDocuments;
        this.strategies = strategies;
        this.packs = packs;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// @throws io.throughline.shared.ProblemException `mandatory-slot-empty`, `invalid-query`, `catalogue-stale`, or `rate-limited` when too
    ///     many are being composed
    ObjectNode answer(PreviewViewer viewer, SetRequest request) {
        catalogueClock.requireFresh();
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.RATE_LIMITED.because("Too many previews are being put together at once. Try again shortly.").withHeader("Retry-After", "1");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a turn", stopping);
        }
        try {
            return altered.leavingOut(() -> Objects.requireNonNull(snapshot.execute(_ -> compose(viewer, request))));
        } finally {
            turns.release();
        }
    }

    private ObjectNode compose(PreviewViewer viewer, SetRequest request) {
        var now = clock.instant();
        var state = projection.current();
        var context = compiler.compile(request, strategies.listActiveAt(now, state.activation()), now);
        var supposed = supposing.suppose(viewer, context, state, now);
        var market = supposed.market();
        var selection = new Selection(context, market::publications, now, altered.ids());
        selection.offerAll(market, state.sequence());
        var considered = new LinkedHashMap<String, Candidate>();
        selection.candidates().forEach(candidate -> considered.put(candidate.publicationId(), candidate));
        if (request.explain()) {
            near(context, state, market).forEach(candidate -> considered.putIfAbsent(candidate.publicationId(), candidate));
            considered.values().forEach(selection::pair);
        }
        var paired = selection.paired();
        var set = Composer.compose(context, considered.values(), paired, now);
        if (set.blockedByPairing()) {
            throw Problem.MANDATORY_SLOT_EMPTY.because("What fits this context must be shown with its safety or prescribing information, of which "
                    + context.market() + " has nothing published or being written for " + context.locale() + ". Write it, or pair what there is.");
        }
        return json(viewer, request, context, request.explain() ? set.explainedBy(List.of(), MOST_EXPLAINED) : set, supposed, paired);
    }

    private List<Candidate> near(SetContext context, CatalogueState state, MarketCatalogue market) {
        var needs = new HashSet<>(context.needs());
        needs.addAll(context.broaderNeeds());
        return past.listNear(new CatalogueState(state.sequence(), state.activation(), Map.of(context.market(), market)), needs, context.kinds(), context.readable().brands(),
                List.of(context.market()), state.sequence(), MOST_EXPLAINED);
    }

    private ObjectNode json(PreviewViewer viewer, SetRequest request, SetContext context, Composition set, Supposed supposed, Map<String, Candidate> paired) {
        var body = Json.object().put("complete", supposed.complete());
        body.set("context", ContentSetJson.context(request));
        if (context.strategy() != null) {
            body.set("strategy", ContentSetJson.strategy(context.strategy(), set));
        }
        if (!context.otherStrategies().isEmpty()) {
            var others = body.putArray("otherStrategies");
            context.otherStrategies().forEach(other -> others.add(ContentSetJson.strategy(other, set)));
        }
        var relaxed = body.putArray("relaxed");
        set.relaxed().forEach(one -> relaxed.addObject().put("slot", one.slot()).put("dimension", one.dimension()).put("from", one.from()).put("to", one.to()));
        var marks = new HashMap<String, Previewed>();
        set.candidates().stream().filter(chosen -> supposed.previewed().containsKey(chosen.publicationId()))
                .forEach(chosen -> marks.put(chosen.itemId(), Objects.requireNonNull(supposed.previewed().get(chosen.publicationId()))));
        var slots = body.putArray("slots");
        for (var filled : set.slots()) {
            var slot = slots.addObject();
            ContentSetJson.write(slot, filled, request.explain());
            slot.path("items").forEach(item -> {
                var previewed = marks.get(item.path("id").asString());
                if (previewed != null) {
                    ((ObjectNode) item).without("version").set("preview", previewed.mark());
                }
            });
        }
        var items = body.putObject("items");
        items(viewer, context, set, supposed, paired).forEach(items::set);
        if (request.explain()) {
            var excluded = body.putArray("excluded");
            set.excluded().forEach(one -> excluded.addObject().put("id", one.id()).put("key", one.key()).put("title", one.title())
                    .put("rule", one.rule()).put("detail", one.detail()));
            body.put("excludedOmitted", set.omitted());
        }
        return body;
    }

    /// By item id. Prescribing information is shown as it would be published, beside what it belongs to (UK-5).
    private Map<String, ObjectNode> items(PreviewViewer viewer, SetContext context, Composition set, Supposed supposed, Map<String, Candidate> paired) {
        var shown = new LinkedHashSet<>(set.candidates());
        var labels = new HashMap<String, Candidate>();
        shown.forEach(candidate -> {
            var label = paired.get(candidate.facets().prescribingInformation());
            if (label != null) {
                labels.put(candidate.itemId(), label);
            }
        });
        var needed = new LinkedHashSet<>(shown);
        needed.addAll(labels.values());
        var written = written(viewer, context, needed, supposed);
        var items = new LinkedHashMap<String, ObjectNode>();
        for (var candidate : shown) {
            var document = Objects.requireNonNull(written.get(candidate.publicationId()));
            var label = labels.get(candidate.itemId());
            if (label != null) {
                var itself = supposed.previewed().containsKey(label.publicationId())
                        ? "/preview/v1/items/" + label.itemId() + "?locale=" + label.locale()
                        : "/v1/items/" + label.itemId() + "?market=" + label.market() + "&locale=" + label.locale();
                document = document.deepCopy();
                document.set("prescribingInformation", DeliveredItems.label(Objects.requireNonNull(written.get(label.publicationId())), itself));
            }
            items.put(candidate.itemId(), document);
        }
        return items;
    }

    private Map<String, ObjectNode> written(PreviewViewer viewer, SetContext context, LinkedHashSet<Candidate> needed, Supposed supposed) {
        var published = new ArrayList<String>();
        var previewed = new LinkedHashMap<String, Previewed>();
        needed.forEach(candidate -> {
            var one = supposed.previewed().get(candidate.publicationId());
            if (one == null) {
                published.add(candidate.publicationId());
            } else {
                previewed.put(candidate.publicationId(), one);
            }
        });
        var written = new HashMap<String, ObjectNode>();
        publishedDocuments.read(published).forEach((id, document) -> written.put(id, Json.parseObject(new String(document.bytes(), StandardCharsets.UTF_8))));
        var whole = reader.find(previewed.values().stream().map(Previewed::place).toList());
        var texts = documents.write(viewer, previewed.values().stream().map(one -> Objects.requireNonNull(whole.get(one.place()))).toList()).iterator();
        previewed.forEach((id, one) -> {
            var text = texts.next().put("market", context.market());
            packs.get(context.market()).adverseEventStatementFor(one.locale()).ifPresent(it -> text.put("adverseEventStatement", it));
            written.put(id, text);
        });
        return written;
    }
}
