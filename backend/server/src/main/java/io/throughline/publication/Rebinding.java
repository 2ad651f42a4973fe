package io.throughline.publication;

import io.throughline.audit.AuditTrail;
import io.throughline.content.Contents;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import io.throughline.review.Approvals;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.CatalogueLog.Change;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.taxonomy.MarketPack;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Binds what is published to rules that its market has had since, and gives it the grade of evidence that was not kept then.
///
/// A publication is never rewritten: one that is to be bound otherwise is superseded by its like, with the same version, approval,
/// document and end, at the next place of the content sequence. So every node learns it as it learns any change, and what was
/// answered before is answered the same for ever.
@Component
class Rebinding {

    private final PublicationLedger ledger;
    private final PublicationContent content;
    private final Contents contents;
    private final Renditions renditions;
    private final Approvals approvals;
    private final CatalogueLog log;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Rebinding(PublicationLedger ledger, PublicationContent content, Contents contents, Renditions renditions, Approvals approvals, CatalogueLog log,
            AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.ledger = ledger;
        this.content = content;
        this.contents = contents;
        this.renditions = renditions;
        this.approvals = approvals;
        this.log = log;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /// False when nothing about it is to be changed, or it has ended. What the market forbids by now is not withdrawn, which a
    /// person decides: it is left out when serving, under the rule's id.
    @Transactional
    boolean bindAnew(String publicationId, String itemId, MarketPack pack) {
        ledger.lockItem(itemId);
        var now = clock.instant();
        var current = ledger.findCurrent(publicationId, now).filter(it -> now.isBefore(it.effectiveUntil()));
        if (current.isEmpty()) {
            return false;
        }
        var old = current.get();
        var version = contents.findVersion(itemId, old.locale(), old.versionNumber()).orElseThrow();
        var approval = approvals.listFor(itemId).stream().filter(it -> it.id().equals(old.approvalId())).findFirst();
        var rendition = renditions.find(itemId, old.locale(), old.versionNumber(), old.market()).orElse(null);
        if (approval.isEmpty() || !PublicationContent.isWhatWasApproved(version, rendition, approval.get())) {
            return false; // nothing follows from bytes that nobody certified
        }
        var facets = content.facets(contents.getItem(itemId), version, approval.get().approvedAt(), pack, rendition == null ? claims(old, contents.claimIds(version.document())) : content.claims(rendition));
        if (ledger.readFacets(publicationId).isLike(facets)) {
            return false;
        }
        log.hold();
        if (ledger.findCurrent(publicationId, now).isEmpty()) {
            return false; // it left meanwhile because of something that it holds
        }
        var system = Actor.system();
        long ended = log.append(Change.SUPERSEDED, old.id(), itemId, old.locale(), old.market(), null, null, system.id());
        ledger.end(old.id(), ended, now, "superseded");
        var id = Ids.next("pub");
        long sequence = log.append(Change.PUBLISHED, id, itemId, old.locale(), old.market(), null, null, system.id());
        ledger.appendLike(old.id(), id, sequence, now, facets);
        var anew = ledger.findCurrent(id, now).orElseThrow();
        audit.record(system, "publication.published", "item", itemId, "bound anew to the rules of %s, version %d".formatted(pack.market(), pack.version()),
                Json.tree(old), Json.tree(anew));
        events.publishEvent(new PublicationsChanged(itemId));
        return true;
    }

    /// Of what was certified before renditions were kept: as they were published when it was.
    private List<Version> claims(Publication publication, List<String> ids) {
        var claims = new ArrayList<Version>();
        for (var id : ids) {
            ledger.findVersionAt(id, publication.locale(), publication.market(), publication.sequence())
                    .flatMap(number -> contents.findVersion(id, publication.locale(), number))
                    .ifPresent(claims::add);
        }
        return claims;
    }
}
