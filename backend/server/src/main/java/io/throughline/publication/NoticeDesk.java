package io.throughline.publication;

import io.throughline.audit.AuditTrail;
import io.throughline.content.NoticeKind;
import io.throughline.evidence.ReferenceNotice;
import io.throughline.evidence.ReferenceNotices;
import io.throughline.evidence.References;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Records what publishers say of works after they appeared. A retraction marks whatever cites the work in the same transaction, as the withdrawal of a
/// part does (RV-6).
@Service
class NoticeDesk {

    private static final String NOT_ALL = "The work is cited by content of brands or markets that you don't work for. Ask somebody who works for all of them, "
            + "an administrator for example, to record it.";

    private final References references;
    private final ReferenceNotices notices;
    private final Impacts impacts;
    private final CatalogueLog log;
    private final SequenceFollower node;
    private final AuditTrail audit;
    private final Clock clock;

    NoticeDesk(References references, ReferenceNotices notices, Impacts impacts, CatalogueLog log, SequenceFollower node, AuditTrail audit, Clock clock) {
        this.references = references;
        this.notices = notices;
        this.impacts = impacts;
        this.log = log;
        this.node = node;
        this.audit = audit;
        this.clock = clock;
    }

    /// Records a notice; one that ends evidence takes out what cites the work, as each market's pack says. Only for those who work for all of it: what is
    /// taken out in one brand and left in another would be worse than a question to a colleague.
    ///
    /// @param doi of the notice itself
    /// @param url of the notice itself
    @Transactional
    NoticeOutcome record(Actor actor, String referenceId, NoticeKind kind, LocalDate noticedOn, @Nullable String doi, @Nullable String url, String reason) {
        Objects.requireNonNull(actor, "a notice is never recorded by nobody");
        if (references.find(referenceId).isEmpty()) {
            return new NoticeOutcome.NotFound();
        }
        log.hold(); // nothing that cites it is published between the look at what does and its marks
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (kind.endsEvidence() && !impacts.mayActOnCited(actor, referenceId, now)) {
            return new NoticeOutcome.NotAllowed(NOT_ALL);
        }
        var notice = new ReferenceNotice(Ids.next("ntc"), referenceId, kind, noticedOn, doi, url, reason, actor.id(), now, null);
        notices.append(notice);
        audit.record(actor, "reference.noticed", "reference", referenceId, reason, null, Json.tree(notice));
        if (kind.endsEvidence()) {
            awaitAfterCommit(impacts.markCited(actor, referenceId, reason, now));
        }
        return new NoticeOutcome.Recorded(notice);
    }

    /// Says that a notice was recorded by mistake. Impacts that it made are over unless another one stands for the same record; what left stays away until it
    /// is published again.
    @Transactional
    NoticeOutcome end(Actor actor, String referenceId, String noticeId, String reason) {
        Objects.requireNonNull(actor, "a notice is never ended by nobody");
        var notice = notices.find(referenceId, noticeId);
        if (notice.isEmpty()) {
            return new NoticeOutcome.NotFound();
        }
        log.hold();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (notice.get().kind().endsEvidence() && !impacts.mayActOnCited(actor, referenceId, now)) {
            return new NoticeOutcome.NotAllowed(NOT_ALL);
        }
        if (!notices.end(noticeId, reason, actor.id(), now)) {
            return new NoticeOutcome.EndedAlready();
        }
        audit.record(actor, "reference.notice-ended", "reference", referenceId, reason, Json.tree(notice.get()), null);
        boolean another = notices.list(List.of(referenceId)).stream().anyMatch(it -> it.stands() && it.kind().endsEvidence());
        if (!another) {
            impacts.endCited(referenceId, now);
        }
        return new NoticeOutcome.Recorded(notices.find(referenceId, noticeId).orElseThrow());
    }

    /// What cites the work by approvals in force, and what would become of it; nothing is changed.
    @Transactional(readOnly = true)
    ImpactPreview preview(Actor actor, String referenceId) {
        return impacts.previewCited(actor, referenceId, clock.instant());
    }

    boolean isThere(String referenceId) {
        return references.find(referenceId).isPresent();
    }

    private void awaitAfterCommit(long sequence) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                node.awaitSequence(sequence);
            }
        });
    }
}
