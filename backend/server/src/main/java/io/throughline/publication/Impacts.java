package io.throughline.publication;

import io.throughline.audit.AuditTrail;
import io.throughline.publication.Impact.Cause;
import io.throughline.publication.Impact.Consequence;
import io.throughline.publication.ImpactLedger.Container;
import io.throughline.review.Approval;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.CatalogueLog.Change;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Marks what holds something that has changed or ended, in the same transaction, and does what the market's pack says (RV-6).
///
/// Everything here is done while the caller holds the catalogue's counter ([CatalogueLog#hold]): what is marked is all there is.
@Component
class Impacts {

    /// What happened to a part in a market and locale.
    ///
    /// @param version  that is published now; null: none
    /// @param replaced that was published there until then; null: none was
    /// @param previous that was published there last; null: none ever
    /// @param sequence of the change that it was
    record Event(String partId, String locale, String market, @Nullable Integer version, @Nullable Integer replaced, @Nullable Integer previous, Cause cause, @Nullable String reason,
            long sequence) {

        static Event published(Publication publication, @Nullable Integer replaced, @Nullable Integer previous) {
            return new Event(publication.itemId(), publication.locale(), publication.market(), publication.versionNumber(), replaced, previous, Cause.CHANGED, null,
                    publication.sequence());
        }

        static Event ended(Publication publication, Cause cause, @Nullable String reason, long sequence) {
            return new Event(publication.itemId(), publication.locale(), publication.market(), null, publication.versionNumber(), publication.versionNumber(), cause, reason, sequence);
        }

        /// Whether what is bound by its current version needs a look: another version took the place of one that was there.
        boolean isAnother() {
            return previous != null && !previous.equals(version);
        }
    }

    private static final int MOST_PREVIEWED = 200;

    private final ImpactLedger ledger;
    private final PublicationLedger publications;
    private final CatalogueLog log;
    private final MarketPacks packs;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;

    Impacts(ImpactLedger ledger, PublicationLedger publications, CatalogueLog log, MarketPacks packs, AuditTrail audit, ApplicationEventPublisher events) {
        this.ledger = ledger;
        this.publications = publications;
        this.log = log;
        this.packs = packs;
        this.audit = audit;
        this.events = events;
    }

    /// Answers with the last sequence that was taken; the event's own when nothing holds the part.
    long mark(Actor actor, Event event, Instant now) {
        return mark(actor, event, now, new HashSet<>(Set.of(event.partId())));
    }

    /// A part is published: what waited for exactly that version waits no more, and what holds another one is marked.
    long published(Actor actor, Publication publication, @Nullable Integer replaced, @Nullable Integer previous, Instant now) {
        ledger.end(publication.itemId(), publication.locale(), publication.market(), publication.versionNumber(), publication.sequence(), now)
                .forEach(id -> events.publishEvent(new PublicationsChanged(id)));
        return mark(actor, Event.published(publication, replaced, previous), now);
    }

    private long mark(Actor actor, Event event, Instant now, Set<String> seen) {
        var pack = packs.get(event.market());
        long last = event.sequence();
        for (var container : ledger.listContainers(event, now)) {
            last = mark(actor, event, container, pack, last, now, seen);
        }
        return last;
    }

    /// A work was retracted or withdrawn: whatever cites it, in every market and locale, as if it had held it as a part.
    ///
    /// @return the last sequence that was taken
    long markCited(Actor actor, String referenceId, String reason, Instant now) {
        long last = log.newest();
        for (var container : ledger.listCiting(referenceId, now)) {
            var event = new Event(referenceId, container.locale(), container.market(), null, null, null, Cause.WITHDRAWN, reason, last);
            last = mark(actor, event, container, packs.get(container.market()), last, now, new HashSet<>(Set.of(referenceId)));
        }
        return last;
    }

    /// The work is sound after all. What left does not come back by itself.
    void endCited(String referenceId, Instant now) {
        ledger.endCited(referenceId, log.newest(), now).forEach(id -> events.publishEvent(new PublicationsChanged(id)));
    }

    private long mark(Actor actor, Event event, Container container, MarketPack pack, long last, Instant now, Set<String> seen) {
        boolean certified = event.isAnother() && pack.impact().prescribingInformation().newCertificate();
        if (container.holdsCurrentVersion() && event.cause() == Cause.CHANGED) {
            recordShown(actor, container, event);
            if (!certified || container.impacted()) {
                return told(actor, container, last);
            }
        }
        var consequence = consequence(pack, event.cause(), container);
        var until = consequence == Consequence.SERVED_UNTIL ? servedUntil(pack, event.cause(), container, now) : null;
        ledger.append(event, container, consequence, until, now);
        audit.record(actor, "item.impacted", "item", container.itemId(), event.reason(), null, marked(container, event, consequence));
        events.publishEvent(new PublicationsChanged(container.itemId()));
        return switch (consequence) {
            case LEFT -> leave(actor, container, event, now, seen);
            case SERVED_UNTIL, HELD_BACK -> told(actor, container, last);
            case NOT_PUBLISHED -> last;
        };
    }

    /// For the trail; the versions are the part's: that which was certified with the text, that which was published and that which is now.
    private static ObjectNode marked(Container container, Event event, Consequence consequence) {
        var mark = Json.object().put("market", event.market()).put("locale", event.locale()).put("approvalId", container.approvalId())
                .put("partId", event.partId()).put("relation", container.relation());
        putIfThere(mark, "partVersion", container.partVersion());
        putIfThere(mark, "replacedVersion", event.replaced());
        putIfThere(mark, "currentVersion", event.version());
        return mark.put("cause", ImpactLedger.code(event.cause())).put("consequence", ImpactLedger.code(consequence));
    }

    private static void putIfThere(ObjectNode mark, String field, @Nullable Integer version) {
        if (version != null) {
            mark.put(field, version);
        }
    }

    /// What a text shows with itself is another version from now on, although nobody touched the text.
    private void recordShown(Actor actor, Container container, Event event) {
        if (container.publicationId() != null && !Objects.equals(event.replaced(), event.version())) {
            audit.record(actor, "publication.current-version-changed", "item", container.itemId(), null, shown(container, event, event.replaced()),
                    shown(container, event, event.version()));
        }
    }

    private static @Nullable ObjectNode shown(Container container, Event event, @Nullable Integer version) {
        return version == null ? null : Json.object().put("publicationId", container.publicationId()).put("market", container.market())
                .put("locale", container.locale()).put("relation", container.relation()).put("partId", event.partId()).put("version", version);
    }

    /// A change of its own in the log, so that channels hear that what it holds has changed.
    private long told(Actor actor, Container container, long last) {
        return container.publicationId() == null ? last
                : log.append(Change.CHANGED, container.publicationId(), container.itemId(), container.locale(), container.market(), null, null, actor.id());
    }

    private long leave(Actor actor, Container container, Event event, Instant now, Set<String> seen) {
        return container.publicationId() == null ? event.sequence()
                : leave(actor, container.publicationId(), container.itemId(), container.locale(), container.market(), now, seen);
    }

    /// Ends a publication because of what it holds, and marks what holds it in turn.
    long leave(Actor actor, String publicationId, String itemId, String locale, String market, Instant now) {
        return leave(actor, publicationId, itemId, locale, market, now, new HashSet<>());
    }

    private long leave(Actor actor, String publicationId, String itemId, String locale, String market, Instant now, Set<String> seen) {
        if (publications.findCurrent(publicationId, now).isEmpty()) {
            return log.newest(); // it left a moment ago because of another part
        }
        long sequence = log.append(Change.IMPACTED, publicationId, itemId, locale, market, null, null, actor.id());
        publications.end(publicationId, sequence, now, "impacted");
        return seen.add(itemId) ? mark(actor, new Event(itemId, locale, market, null, null, null, Cause.LEFT, null, sequence), now, seen) : sequence;
    }

    private static Consequence consequence(MarketPack pack, Cause cause, Container container) {
        if (container.publicationId() == null) {
            return Consequence.NOT_PUBLISHED;
        }
        // what has no prescribing information in force is not served; it comes back with the next one
        if (container.holdsCurrentVersion() && cause != Cause.CHANGED) {
            return Consequence.HELD_BACK;
        }
        return days(pack, cause, container) == 0 ? Consequence.LEFT : Consequence.SERVED_UNTIL;
    }

    private static int days(MarketPack pack, Cause cause, Container container) {
        if (container.holdsCurrentVersion()) {
            return pack.impact().prescribingInformation().servedDays();
        }
        return switch (cause) {
            case CHANGED -> pack.impact().changed().servedDays();
            case WITHDRAWN, LEFT -> pack.impact().withdrawn().servedDays();
            case EXPIRED -> pack.impact().expired().servedDays();
        };
    }

    private static Instant servedUntil(MarketPack pack, Cause cause, Container container, Instant now) {
        return now.plus(days(pack, cause, container), ChronoUnit.DAYS);
    }

    /// What keeps an approval from being published: a part bound by its current version has another one by now, for which the market asks a new
    /// certificate. What is bound by words is checked by [BoundParts].
    List<Finding> check(Approval approval) {
        return ledger.listNeedingCertificate(approval.id()).stream().map(key -> new Finding("certificate-needed", Severity.BLOCK, "/prescribingInformation",
                "%s has another version since this text was certified, and %s asks for a new certificate then. Submit the text again."
                        .formatted(key, approval.market()), "UK-1")).toList();
    }

    boolean isDue(String publicationId, Instant now) {
        return ledger.isDue(publicationId, now);
    }

    List<Impact> listFor(Actor actor, int limit) {
        return ledger.listWrittenBy(actor, limit);
    }

    List<Impact> listFor(String itemId) {
        return ledger.listFor(itemId);
    }

    /// What holds an item there, and what would become of it if the item were withdrawn; nothing is changed.
    ImpactPreview preview(Actor actor, String partId, @Nullable String locale, @Nullable String market, Instant now) {
        return preview(actor, ledger.listHolding(partId, locale, market, actor, now, MOST_PREVIEWED + 1), now);
    }

    /// What cites a work, and what would become of it if the work were retracted; nothing is changed.
    ImpactPreview previewCited(Actor actor, String referenceId, Instant now) {
        return preview(actor, ledger.listHoldingCited(referenceId, now, MOST_PREVIEWED + 1), now);
    }

    /// Whether the person works for every brand and market in which the work is cited by an approval in force.
    boolean mayActOnCited(Actor actor, String referenceId, Instant now) {
        return ledger.listScopesCiting(referenceId, now).stream().allMatch(it -> actor.mayUseContentOf(it.brand()) && actor.mayUseMarket(it.market()));
    }

    private ImpactPreview preview(Actor actor, List<ImpactLedger.Holding> holding, Instant now) {
        int count = (int) holding.stream().map(it -> it.impact().itemId()).distinct().count();
        var seen = holding.stream().limit(MOST_PREVIEWED).filter(it -> actor.mayUseContentOf(it.brand()) && actor.mayUseMarket(it.market()))
                .map(it -> it.with(consequence(packs.get(it.market()), Cause.WITHDRAWN, it.container()),
                        servedUntilOrNull(packs.get(it.market()), it.container(), now)))
                .toList();
        return new ImpactPreview(count, holding.size() > MOST_PREVIEWED, seen);
    }

    private static @Nullable Instant servedUntilOrNull(MarketPack pack, Container container, Instant now) {
        return consequence(pack, Cause.WITHDRAWN, container) == Consequence.SERVED_UNTIL ? servedUntil(pack, Cause.WITHDRAWN, container, now) : null;
    }
}
