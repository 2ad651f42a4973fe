package io.throughline.delivery.items;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.Catalogue;
import io.throughline.catalogue.Catalogue.State;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.catalogue.Readable;
import io.throughline.catalogue.ServingMarkets;
import io.throughline.catalogue.ServingRules;
import io.throughline.catalogue.Window;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.delivery.edge.ServedCache;
import io.throughline.delivery.edge.StrategyKeys;
import io.throughline.delivery.edge.SurrogateKeys;
import io.throughline.shared.Problem;
import io.throughline.shared.Sha256;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Answers for one item of the catalogue.
@Service
class SingleItems {

    private static final long CACHE_BYTES = Runtime.getRuntime().maxMemory() / 32;

    record Request(String idOrKey, String market, List<String> locales, List<String> kinds, Readable readable) {}

    private final Catalogue catalogue;
    private final DeliveredItems items;
    private final AlteredDocuments altered;
    private final ServingMarkets markets;
    private final StrategyKeys strategies;
    private final Clock clock;
    private final TransactionTemplate snapshot;
    private final ServedCache<Request, ServedItem> cache;

    SingleItems(Catalogue catalogue, DeliveredItems items, AlteredDocuments altered, ServingMarkets markets, StrategyKeys strategies, CatalogueClock catalogueClock, Clock clock, PlatformTransactionManager transactions) {
        this.catalogue = catalogue;
        this.items = items;
        this.altered = altered;
        this.markets = markets;
        this.strategies = strategies;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.cache = new ServedCache<>(catalogueClock, altered, CACHE_BYTES);
    }

    /// @throws io.throughline.shared.ProblemException `not-found`, `content-withdrawn`, or `mandatory-slot-empty` when what must be
    ///         shown with it is not published
    ServedCache.Hit<ServedItem> answer(Request request) {
        var now = clock.instant();
        var hit = cache.find(request, now);
        if (hit != null) {
            return hit;
        }
        var item = altered.leavingOut(() -> Objects.requireNonNull(snapshot.execute(_ -> read(request, now))));
        cache.keep(request, item);
        return new ServedCache.Hit<>(item, item.sequence());
    }

    private ServedItem read(Request request, Instant now) {
        long sequence = catalogue.head();
        var states = catalogue.listStates(request.idOrKey(), request.market(), request.locales(), Set.copyOf(request.kinds())).stream()
                .filter(state -> request.readable().reads(state.candidate()))
                .toList();
        var candidate = states.stream().filter(state -> state.endReason() == null && state.candidate().window().contains(now))
                .map(State::candidate)
                .min(Comparator.comparing(current -> request.locales().indexOf(current.locale())))
                .orElseThrow(() -> gone(states));
        var paired = catalogue.findPaired(ServingRules.needed(candidate), request.market(), request.locales(), now);
        var refusal = ServingRules.refuse(candidate, paired, markets.get(candidate.market()), now);
        if (refusal.isPresent()) {
            throw Problem.MANDATORY_SLOT_EMPTY.because(candidate.key() + " may not be shown in " + request.market() + " now: " + refusal.get().detail()
                    + " (" + refusal.get().rule() + ")");
        }
        var item = Objects.requireNonNull(items.read(List.of(candidate), paired).get(candidate.itemId()));
        var digest = Sha256.digest();
        item.addTo(digest);
        var watched = new HashSet<>(ServingRules.needed(candidate));
        watched.add(candidate.itemId());
        var until = Objects.requireNonNull(candidate.window().until());
        for (var pair : paired.values()) {
            until = Objects.requireNonNull(Window.earlier(until, pair.window().until()));
        }
        for (var state : states) {
            // scheduled in a nearer locale: it takes this one's place when it begins
            until = state.endReason() == null ? Objects.requireNonNull(Window.earlier(until, state.candidate().window().nextChangeAfter(now))) : until;
        }
        var ordering = strategies.nextChangeAfter(now);
        until = ordering.isPresent() ? Objects.requireNonNull(Window.earlier(until, ordering.get())) : until;
        var keys = new SurrogateKeys().markets(List.of(candidate.market())).kinds(List.of(candidate.kind())).type(candidate.type()).items(watched)
                .strategies(strategies.find(List.of(candidate.market()), candidate.brand() == null ? List.of() : List.of(candidate.brand()), now));
        return new ServedItem(item.body(), "\"it-" + HexFormat.of().formatHex(digest.digest()).substring(0, 24) + "\"", keys.text(), until, watched, sequence);
    }

    private static RuntimeException gone(List<State> states) {
        var last = states.isEmpty() ? null : states.getFirst();
        if (last != null && "withdrawn".equals(last.endReason())) {
            return Problem.CONTENT_WITHDRAWN.because(last.candidate().key() + " was withdrawn in " + last.candidate().market() + " on "
                    + last.endedAt() + ". Remove every copy you hold.");
        }
        if (last != null && "impacted".equals(last.endReason())) {
            return Problem.CONTENT_WITHDRAWN.because(last.candidate().key() + " left in " + last.candidate().market() + " on " + last.endedAt()
                    + ", because something that it holds was changed or is no longer there. Remove every copy you hold.");
        }
        return DeliveryScope.nothingHere();
    }
}
