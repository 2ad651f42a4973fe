package io.throughline.delivery.sync;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.Catalogue;
import io.throughline.catalogue.CatalogueHistory;
import io.throughline.catalogue.CatalogueHistory.Last;
import io.throughline.catalogue.ItemPlace;
import io.throughline.delivery.items.Deliverables;
import io.throughline.delivery.items.Deliverables.Deliverable;
import io.throughline.delivery.sync.SyncHistory.Touched;
import io.throughline.delivery.sync.SyncToken.Position;
import io.throughline.delivery.sync.SyncToken.State;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Keeps a channel's copy of the catalogue equal to what it could list (ADR 15).
///
/// No feed is kept for anybody. A token names the state that the copy has; the answer is the difference between that state
/// and a newer one, computed from the publications, of which none is ever lost. An answer of several pages goes to one fixed
/// state, but what is not current any more when its page is asked for is never sent.
@Service
class Sync {

    /// @param sequence that was read
    record Answer(byte[] body, long sequence) {}

    private record Read(ObjectNode body, SyncToken next, long sequence) {}

    private record Page(List<Touched> touched, boolean more) {}

    private final Catalogue catalogue;
    private final CatalogueHistory history;
    private final SyncHistory places;
    private final Deliverables deliverables;
    private final AlteredDocuments altered;
    private final Clock clock;
    private final TransactionTemplate snapshot;
    /// A round goes over at most that many changes; then the token moves on. Tests make it small.
    volatile int round = 5_000;

    Sync(Catalogue catalogue, CatalogueHistory history, SyncHistory places, Deliverables deliverables, AlteredDocuments altered, Clock clock, PlatformTransactionManager transactions) {
        this.catalogue = catalogue;
        this.history = history;
        this.places = places;
        this.deliverables = deliverables;
        this.altered = altered;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// What makes a token into text for the client.
    interface Seal {
        String seal(SyncToken token);
    }

    /// @param token where the copy stands, checked; one without any state begins a copy
    /// @param reads what of the token's scope the credential reads now
    /// @throws io.throughline.shared.ProblemException `sync-token-expired` for a state that this catalogue has not come to
    Answer answer(SyncToken token, SyncScope reads, int limit, Seal seal) {
        var read = altered.leavingOut(() -> Objects.requireNonNull(snapshot.execute(_ -> read(token, reads, limit))));
        var body = read.body().put("nextToken", seal.seal(read.next()));
        return new Answer(Json.text(body).getBytes(StandardCharsets.UTF_8), read.sequence());
    }

    private Read read(SyncToken token, SyncScope reads, int limit) {
        var had = token.had();
        long head = catalogue.head();
        if (had != null && had.sequence() > head) {
            throw Problem.SYNC_TOKEN_EXPIRED.because("The catalogue was set back to an earlier state since. Begin anew with initial=true.");
        }
        // the moment after the snapshot: what it shows as published has begun by then; and never before the token's own,
        // should this node's clock be behind another's
        var today = new State(head, later(clock.instant(), token));
        var target = token.target() != null ? token.target()
                : had == null ? today : new State(Math.min(head, had.sequence() + round), today.at());
        var reading = token.target() != null ? token.reading() : reads;
        var page = page(token, had, target, reading, limit);
        var places = page.touched().stream().map(Touched::place).toList();
        var before = had == null ? Map.<ItemPlace, Deliverable>of() : at(places, had, token.scope());
        var then = at(places, target, reading);
        var current = target.equals(today) && reading.equals(reads) ? then : at(places, today, reads);

        var body = Json.object();
        write(body.putArray("changes"), page.touched(), before, then, current, reads, today.at());
        // only an answer that goes to this very moment ends it: the copy then is exactly what a list would show now
        boolean more = page.more() || !target.equals(today) || !reading.equals(reads);
        return new Read(body.put("hasMore", more), next(token, reading, target, page), target.sequence());
    }

    private Page page(SyncToken token, @Nullable State had, State target, SyncScope reading, int limit) {
        var found = had == null
                ? places.listHeld(reading, target.sequence(), target.at(), token.after(), limit + 1)
                : places.listTouched(token.scope(), reading, had.sequence(), had.at(), target.sequence(), target.at(), token.after(), limit + 1);
        return found.size() > limit ? new Page(found.subList(0, limit), true) : new Page(found, false);
    }

    /// A round keeps to the scopes that it began with, so that its places stay the same ones from page to page. A credential that
    /// became narrower meanwhile is not sent what it no longer reads; the next round deletes the rest.
    private static SyncToken next(SyncToken token, SyncScope reading, State target, Page page) {
        if (!page.more()) {
            return new SyncToken(reading, target, null, reading, Position.START);
        }
        var last = page.touched().getLast();
        return new SyncToken(token.scope(), token.had(), target, reading,
                new Position(last.sequence(), last.place().itemId(), last.place().market(), last.place().locale()));
    }

    private Map<ItemPlace, Deliverable> at(Collection<ItemPlace> places, State state, SyncScope scope) {
        var candidates = history.asOf(places, state.sequence()).stream().filter(scope::holds).toList();
        return deliverables.check(candidates, state.sequence(), state.at());
    }

    private void write(ArrayNode changes, List<Touched> touched, Map<ItemPlace, Deliverable> before, Map<ItemPlace, Deliverable> then,
            Map<ItemPlace, Deliverable> current, SyncScope reads, Instant now) {
        var upserts = new LinkedHashMap<ItemPlace, Deliverable>();
        var deletes = new ArrayList<ItemPlace>();
        for (var one : touched) {
            var place = one.place();
            var had = before.get(place);
            var has = current.get(place);
            if (has != null && then.containsKey(place)) {
                if (had == null || !had.mark().equals(has.mark())) {
                    upserts.put(place, has);
                }
            } else if (had != null) {
                // also when it is there now but was not at the state this round goes to: the next round brings it
                deletes.add(place);
            }
        }
        var items = deliverables.write(upserts.values());
        var ends = history.last(deletes);
        for (var one : touched) {
            var place = one.place();
            var change = Json.object().put("sequence", one.sequence()).put("id", place.itemId()).put("market", place.market()).put("locale", place.locale());
            if (upserts.containsKey(place)) {
                changes.add(change.put("change", "upsert").putRawValue("item", new RawValue(new String(Objects.requireNonNull(items.get(place)), StandardCharsets.UTF_8))));
            } else if (ends.containsKey(place)) {
                changes.add(change.put("change", "delete").put("reason", reason(ends.get(place), reads, now)));
            }
        }
    }

    private static String reason(Last last, SyncScope reads, Instant now) {
        if (!reads.covers(last.candidate())) {
            return "left-scope"; // and no word of what became of it
        }
        if (last.endReason() != null) {
            return last.endReason();
        }
        var window = last.candidate().window();
        if (!window.contains(now)) {
            return window.until() != null && !now.isBefore(window.until()) ? "expired" : "superseded";
        }
        return "left-scope";
    }

    private static Instant later(Instant now, SyncToken token) {
        var latest = now;
        for (var state : new State[] {token.had(), token.target()}) {
            latest = state != null && state.at().isAfter(latest) ? state.at() : latest;
        }
        return latest;
    }
}
