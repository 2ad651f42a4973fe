package io.throughline.publication;

import io.throughline.audit.AuditTrail;
import io.throughline.content.ContentRules;
import io.throughline.content.Contents;
import io.throughline.content.Item;
import io.throughline.content.Moment;
import io.throughline.content.PrescribingInformation;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import io.throughline.review.Approval;
import io.throughline.review.Approvals;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.CatalogueLog.Change;
import io.throughline.shared.Finding;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.shared.Severity;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.node.ObjectNode;

/// Publishes approved versions, withdraws them, and ends them when their time is over.
///
/// Each act is one transaction: the pointer, its place in the content sequence, the document for channels and the audit
/// entry. When the call returns, this node no longer serves what was withdrawn (RV-7).
@Service
public class PublicationDesk {

    private static final Role[] PUBLISHERS = {Role.WRITER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.CHANNEL_MANAGER};
    private static final Role[] WITHDRAWERS = {Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR};

    private final PublicationLedger ledger;
    private final Contents contents;
    private final PublicationContent content;
    private final ContentRules rules;
    private final Renditions renditions;
    private final BoundParts parts;
    private final Impacts impacts;
    private final PrescribingInformation prescribing;
    private final Approvals approvals;
    private final MarketPacks packs;
    private final CatalogueLog log;
    private final SequenceFollower node;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Steps steps;

    PublicationDesk(PublicationLedger ledger, Contents contents, PublicationContent content, ContentRules rules, Renditions renditions,
            BoundParts parts, Impacts impacts, PrescribingInformation prescribing, Approvals approvals, MarketPacks packs, CatalogueLog log, SequenceFollower node, AuditTrail audit, ApplicationEventPublisher events, Clock clock, Steps steps) {
        this.ledger = ledger;
        this.contents = contents;
        this.content = content;
        this.rules = rules;
        this.renditions = renditions;
        this.parts = parts;
        this.impacts = impacts;
        this.prescribing = prescribing;
        this.approvals = approvals;
        this.packs = packs;
        this.log = log;
        this.node = node;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.steps = steps;
    }

    /// Points channels of a market to the version that an approval covers. What was published there before is superseded; what is
    /// published there already in the same words, by the same approval and for the same time stays, and takes no sequence.
    ///
    /// @param approvalId null: the newest one that has not ended
    /// @param from       inclusive; null or past: now, or the approval's start where that is later
    /// @param until      exclusive; null: the approval's end
    @Transactional
    public PublishOutcome publish(Actor actor, String itemIdOrKey, String locale, String market, @Nullable String approvalId,
            @Nullable Instant from, @Nullable Instant until) {
        Objects.requireNonNull(actor, "nothing is published by nobody");
        if (!actor.hasAny(PUBLISHERS)) {
            return new PublishOutcome.NotAllowed("Publishing needs the role writer, signatory, regulatory reviewer or channel manager.");
        }
        var item = visible(actor, itemIdOrKey);
        var pack = packs.find(market).filter(_ -> actor.mayUseMarket(market));
        if (item.isEmpty() || pack.isEmpty()) {
            return new PublishOutcome.NotFound();
        }
        ledger.lockItem(item.get().id());
        var now = clock.instant();
        var approval = approval(item.get(), locale, market, approvalId, now);
        if (approval.isEmpty()) {
            return approvalId == null
                    ? new PublishOutcome.NotApproved("No approval for " + market + " and " + locale + " is in force. Submit a version for review first.")
                    : new PublishOutcome.NotFound();
        }
        var end = approvals.listEnds(item.get().id()).get(approval.get().id());
        if (end != null) {
            return new PublishOutcome.NotApproved("The approval " + approval.get().jobCode() + " can't be published any more. " + end.sentence());
        }
        if (!now.isBefore(approval.get().validUntil())) {
            return new PublishOutcome.NotApproved("The approval " + approval.get().jobCode() + " ended at " + approval.get().validUntil()
                    + ". Have the version certified again.");
        }
        var start = later(later(from == null ? now : stored(from), now), approval.get().validFrom());
        var finish = until == null ? approval.get().validUntil() : stored(until);
        if (from != null && from.isBefore(approval.get().validFrom())) {
            return new PublishOutcome.OutsideApproval("/effectiveFrom", "The approval starts at " + approval.get().validFrom() + ".");
        }
        if (finish.isAfter(approval.get().validUntil()) || !finish.isAfter(start)) {
            return new PublishOutcome.OutsideApproval("/effectiveUntil", "It has to lie after " + start + " and not after the approval's end, "
                    + approval.get().validUntil() + ".");
        }
        var version = contents.findVersion(item.get().id(), locale, approval.get().versionNumber()).orElseThrow();
        if (approval.get().renditionSha256() == null) {
            return new PublishOutcome.NotApproved("The approval " + approval.get().jobCode() + " is from before the words of claims were certified with "
                    + "the text. Submit the text for review again.");
        }
        var rendition = renditions.find(item.get().id(), locale, version.number(), market).orElse(null);
        if (rendition == null || !PublicationContent.isWhatWasApproved(version, rendition, approval.get())) {
            return new PublishOutcome.NotApproved("The version's bytes are not those that were certified (UK-1). Tell your administrator.");
        }
        var blocks = rules.check(item.get(), locale, version.document(), pack.get(), Moment.SERVING).stream()
                .filter(finding -> finding.severity() == Severity.BLOCK).toList();
        if (!blocks.isEmpty()) {
            return new PublishOutcome.Blocked(blocks);
        }
        var document = DeliveryDocument.of(rendition, approval.get());
        var facets = content.facets(item.get(), version, approval.get().approvedAt(), pack.get(), content.claims(rendition));

        var previous = ledger.findLastVersion(item.get().id(), locale, market).orElse(null);

        steps.reached(Step.PUBLISH_BEFORE_CHANGE);
        // from here on nobody else publishes or ends a part, and nothing slow may follow
        log.hold();
        var missing = new ArrayList<>(parts.check(rendition));
        missing.addAll(renditions.checkCited(rendition));
        missing.addAll(impacts.check(approval.get()));
        if (!missing.isEmpty()) {
            return new PublishOutcome.Blocked(missing);
        }
        var there = ledger.listCurrent(item.get().id(), locale, market, now);
        var same = there.stream()
                .filter(current -> current.isBy(approval.get().id(), start, finish, now) && ledger.holds(current.id(), document, facets))
                .findFirst();
        if (same.isPresent()) {
            return new PublishOutcome.AlreadyPublished(same.get());
        }
        var inForce = prescribing.find(rendition, now);
        // nothing was written up to here; from here on nothing is refused
        var superseded = approvals.endSuperseded(approval.get(), actor.id(), now);
        Integer replaced = null;
        for (var current : there) {
            replaced = current.versionNumber();
            long ended = log.append(Change.SUPERSEDED, current.id(), item.get().id(), locale, market, null, null, actor.id());
            ledger.end(current.id(), ended, now, "superseded");
        }
        var id = Ids.next("pub");
        long sequence = log.append(Change.PUBLISHED, id, item.get().id(), locale, market, null, null, actor.id());
        var publication = new Publication(id, item.get().id(), item.get().key(), locale, market, version.number(), approval.get().id(),
                approval.get().jobCode(), start, finish, now, sequence, start.isAfter(now) ? "approved" : "effective", null, null);
        ledger.append(publication, item.get().kind(), item.get().type(), item.get().brand(), actor.id(), document, facets);
        audit.record(actor, "publication.published", "item", item.get().id(), null, null, withPrescribing(publication, inForce));
        superseded.forEach(ended -> audit.record(actor, "approval.superseded", "item", item.get().id(), null, null,
                Json.object().put("approvalId", ended).put("supersededBy", publication.approvalId())));
        long last = impacts.published(actor, publication, replaced, previous, now);
        steps.reached(Step.PUBLISH_AFTER_CHANGE);
        finish(item.get().id(), last, Step.PUBLISH_COMMITTED);
        return new PublishOutcome.Published(publication);
    }

    /// Takes an item away from channels, at once and on every path.
    ///
    /// @param locale null: every locale
    /// @param market null: every market
    @Transactional
    public WithdrawOutcome withdraw(Actor actor, String itemIdOrKey, @Nullable String locale, @Nullable String market, String reason) {
        Objects.requireNonNull(actor, "nothing is withdrawn by nobody");
        if (!actor.hasAny(WITHDRAWERS)) {
            return new WithdrawOutcome.NotAllowed("Withdrawing needs the role signatory, medical or regulatory reviewer, or administrator.");
        }
        if (reason.isBlank()) {
            return new WithdrawOutcome.ReasonMissing();
        }
        var item = visible(actor, itemIdOrKey);
        if (item.isEmpty() || (market != null && !actor.mayUseMarket(market))) {
            return new WithdrawOutcome.NotFound();
        }
        ledger.lockItem(item.get().id());
        log.hold(); // what a part's end takes away it takes under this lock alone
        var now = clock.instant();
        var current = ledger.listCurrent(item.get().id(), locale, market, now);
        if (current.isEmpty()) {
            return new WithdrawOutcome.NothingPublished();
        }
        if (current.stream().anyMatch(publication -> !actor.mayUseMarket(publication.market()))) {
            return new WithdrawOutcome.NotAllowed("It is also published in a market that you don't work for. Name the market to withdraw it from.");
        }
        // whoever withdraws means the words: no approval for them is left to publish by
        var approvalsEnded = approvals.endWithdrawn(item.get().id(), locale, market, reason, actor.id(), now);
        steps.reached(Step.WITHDRAW_BEFORE_CHANGE);
        long sequence = 0;
        var ended = new LinkedHashMap<Publication, Long>();
        for (var publication : current) {
            sequence = log.append(Change.WITHDRAWN, publication.id(), item.get().id(), publication.locale(), publication.market(), null, reason,
                    actor.id());
            ledger.end(publication.id(), sequence, now, "withdrawn");
            ended.put(publication, sequence);
        }
        var withdrawal = new Withdrawal(Ids.next("wdr"), item.get().id(), locale, market, reason, now, actor.id(), sequence,
                current.stream().map(Publication::id).toList());
        ledger.append(withdrawal);
        audit.record(actor, "item.withdrawn", "item", item.get().id(), reason, null, Json.tree(withdrawal));
        approvalsEnded.forEach(approval -> audit.record(actor, "approval.withdrawn", "item", item.get().id(), reason, null,
                Json.object().put("approvalId", approval).put("withdrawalId", withdrawal.id())));
        long last = sequence;
        for (var it : ended.entrySet()) {
            last = Math.max(last, impacts.mark(actor, Impacts.Event.ended(it.getKey(), Impact.Cause.WITHDRAWN, reason, it.getValue()), now));
        }
        steps.reached(Step.WITHDRAW_AFTER_CHANGE);
        finish(item.get().id(), last, Step.WITHDRAW_COMMITTED);
        return new WithdrawOutcome.Withdrawn(withdrawal);
    }

    /// Ends one publication whose window has passed; false when somebody else ended it first.
    @Transactional
    public boolean expire(String publicationId, String itemId) {
        ledger.lockItem(itemId);
        log.hold();
        var now = clock.instant();
        var due = ledger.findCurrent(publicationId, now).filter(publication -> !now.isBefore(publication.effectiveUntil()));
        if (due.isEmpty()) {
            return false;
        }
        steps.reached(Step.EXPIRE_BEFORE_CHANGE);
        var system = Actor.system();
        long sequence = log.append(Change.EXPIRED, publicationId, itemId, due.get().locale(), due.get().market(), null, null, system.id());
        ledger.end(publicationId, sequence, now, "expired");
        audit.record(system, "publication.expired", "item", itemId, "its window ended at " + due.get().effectiveUntil(), null, Json.tree(due.get()));
        long last = impacts.mark(system, Impacts.Event.ended(due.get(), Impact.Cause.EXPIRED, null, sequence), now);
        steps.reached(Step.EXPIRE_AFTER_CHANGE);
        finish(itemId, last, Step.EXPIRE_COMMITTED);
        return true;
    }

    /// Ends one publication that was still served for a while after something that it holds had changed; false when that is over.
    @Transactional
    boolean leave(String publicationId, String itemId) {
        ledger.lockItem(itemId);
        var now = clock.instant();
        log.hold();
        var due = ledger.findCurrent(publicationId, now);
        if (due.isEmpty() || !impacts.isDue(publicationId, now)) {
            return false;
        }
        var system = Actor.system();
        long sequence = impacts.leave(system, publicationId, itemId, due.get().locale(), due.get().market(), now);
        audit.record(system, "publication.impacted", "item", itemId, "something that it holds has changed, and its time to be served with it is over", null,
                Json.tree(due.get()));
        finish(itemId, sequence, Step.EXPIRE_COMMITTED);
        return true;
    }

    /// What holds an item and would be impacted by its withdrawal, in the markets that the person works for; nothing is changed.
    ///
    /// @param locale null: every locale
    /// @param market null: every market
    @Transactional(readOnly = true)
    public ImpactPreview previewWithdrawal(Actor actor, String itemIdOrKey, @Nullable String locale, @Nullable String market) {
        var item = contents.getVisible(actor, itemIdOrKey);
        return impacts.preview(actor, item.id(), locale, market, clock.instant());
    }

    /// Open impacts of what the person wrote, in the markets and brands that they work for; the newest first.
    public List<Impact> listImpactsFor(Actor actor, int limit) {
        return impacts.listFor(actor, limit);
    }

    /// Open impacts of an item, the newest first.
    public List<Impact> listImpacts(String itemId) {
        return impacts.listFor(itemId);
    }

    /// All publications of an item, the newest first.
    public List<Publication> listFor(String itemId) {
        return ledger.listFor(itemId, clock.instant());
    }

    private static ObjectNode withPrescribing(Publication publication, Optional<PrescribingInformation.InForce> inForce) {
        var record = (ObjectNode) Json.tree(publication);
        inForce.ifPresent(it -> record.set("prescribingInformation", Json.tree(it)));
        return record;
    }

    private Optional<Item> visible(Actor actor, String itemIdOrKey) {
        return contents.findItem(itemIdOrKey).filter(item -> actor.mayUseContentOf(item.brand()));
    }

    /// Of those in force the newest that has not ended before its time; where all have, the newest, for its reason.
    private Optional<Approval> approval(Item item, String locale, String market, @Nullable String approvalId, Instant now) {
        var there = approvals.listFor(item.id()).stream()
                .filter(approval -> approval.locale().equals(locale) && approval.market().equals(market))
                .filter(approval -> approvalId == null ? now.isBefore(approval.validUntil()) : approval.id().equals(approvalId))
                .toList();
        var ends = approvals.listEnds(item.id());
        return there.stream().filter(approval -> !ends.containsKey(approval.id())).findFirst().or(() -> there.stream().findFirst());
    }

    private void finish(String itemId, long sequence, Step committed) {
        events.publishEvent(new PublicationsChanged(itemId));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                steps.reached(committed);
                // once this returns the node knows, or has not confirmed for over a second and refuses
                node.awaitSequence(sequence);
            }
        });
    }

    /// As PostgreSQL keeps it: what is sent twice is then equal to what was stored the first time.
    private static Instant stored(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
