package io.throughline.strategy;

import io.throughline.audit.AuditTrail;
import io.throughline.content.ContentDesk;
import io.throughline.content.NewItem;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.strategy.BriefRules.Place;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Where strategists turn a gap into a brief, and its writer the brief into a draft. Each act writes its audit entry in the
/// same transaction; a refusal writes nothing.
@Service
public class BriefDesk {

    private static final int LONGEST_REASON = 2_000;

    /// @param objectiveId of an active strategy
    public record NewBrief(String strategyId, String objectiveId, String audience, String stage, String need,
            @Nullable String brand, String market, String title, List<String> keyMessages, List<String> claims,
            List<String> modules, LocalDate dueOn, String writer) {}

    public sealed interface Outcome {
        record Done(String briefId, int revision) implements Outcome {}

        /// @param fresh false where it was started before
        record Started(String briefId, String itemId, boolean fresh) implements Outcome {}

        record Invalid(List<Finding> findings) implements Outcome {}

        record Stale(int currentRevision) implements Outcome {}

        record OutOfSequence(String detail) implements Outcome {}

        record NotAllowed(String detail) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    private final BriefStore store;
    private final BriefRules rules;
    private final BriefDraft drafts;
    private final ContentDesk content;
    private final MarketPacks packs;
    private final AuditTrail audit;
    private final Clock clock;

    BriefDesk(BriefStore store, BriefRules rules, BriefDraft drafts, ContentDesk content, MarketPacks packs, AuditTrail audit, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.drafts = drafts;
        this.content = content;
        this.packs = packs;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Outcome create(Actor actor, NewBrief asked) {
        if (!actor.has(Role.STRATEGIST)) {
            return notStrategist(actor, "brief.created", "");
        }
        if (isBeyond(actor, asked.brand())) {
            return portfolios(actor, "brief.created", "");
        }
        var now = now();
        var place = new Place(asked.audience(), asked.stage(), asked.need(), asked.brand(), asked.market());
        var findings = rules.checkPlace(actor, place);
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
        var wanted = rules.findReaching(actor, place, asked.strategyId(), asked.objectiveId(), now);
        if (wanted.isEmpty()) {
            return new Outcome.Invalid(List.of(BriefRules.block("not-allowed-value", "/objective",
                    "Choose an objective of an active strategy that reaches this audience, stage, need, brand and market.")));
        }
        var said = new Brief.Content(asked.title().strip(), asked.keyMessages(), asked.claims(), asked.modules(), asked.dueOn(), asked.writer());
        findings = rules.checkContent(said, place, Set.of(), null, now);
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
        var brief = new Brief(Ids.next("brf"), said.title(), wanted.get().strategyId(), wanted.get().number(), wanted.get().objective().id(),
                wanted.get().objective().name(), asked.audience(), asked.stage(), asked.need(), asked.brand(), asked.market(), said.keyMessages(),
                said.claims(), said.modules(), said.dueOn(), said.writer(), BriefState.OPEN, 1, null, null, actor.id(), now, now);
        store.insert(brief);
        audit.record(actor, "brief.created", "brief", brief.id(), null, null, Json.tree(brief));
        return new Outcome.Done(brief.id(), 1);
    }

    /// Overwrites what may change if the brief is still at `expectedRevision`.
    @Transactional
    Outcome change(Actor actor, String briefId, int expectedRevision, Brief.Content said) {
        var before = store.lock(actor, briefId).map(store::whole).orElse(null);
        if (before == null) {
            return new Outcome.NotFound();
        }
        if (!actor.has(Role.STRATEGIST)) {
            return notStrategist(actor, "brief.changed", briefId);
        }
        if (isBeyond(actor, before.brand())) {
            return portfolios(actor, "brief.changed", briefId);
        }
        if (before.revision() != expectedRevision) {
            return new Outcome.Stale(before.revision());
        }
        if (!before.isUnfinished()) {
            return new Outcome.OutOfSequence("This brief is finished; write another one.");
        }
        var known = new HashSet<>(before.claims());
        known.addAll(before.modules());
        var place = new Place(before.audience(), before.stage(), before.need(), before.brand(), before.market());
        var now = now();
        var findings = rules.checkContent(said, place, known, before.dueOn(), now);
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
        var after = before.with(said, now);
        store.update(after);
        audit.record(actor, "brief.changed", "brief", briefId, null, Json.tree(before), Json.tree(after));
        return new Outcome.Done(briefId, after.revision());
    }

    @Transactional
    Outcome cancel(Actor actor, String briefId, String reason) {
        var before = store.lock(actor, briefId).map(store::whole).orElse(null);
        if (before == null) {
            return new Outcome.NotFound();
        }
        if (!actor.has(Role.STRATEGIST)) {
            return notStrategist(actor, "brief.cancelled", briefId);
        }
        if (isBeyond(actor, before.brand())) {
            return portfolios(actor, "brief.cancelled", briefId);
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            return new Outcome.Invalid(List.of(BriefRules.block(reason.isBlank() ? "required" : "too-long", "/reason",
                    "Say in 1 to %d characters why it is no longer wanted.".formatted(LONGEST_REASON))));
        }
        if (!before.isUnfinished()) {
            return new Outcome.OutOfSequence("This brief is finished; there is nothing to cancel.");
        }
        var after = before.in(BriefState.CANCELLED, before.itemId(), reason.strip(), now());
        store.update(after);
        audit.record(actor, "brief.cancelled", "brief", briefId, reason.strip(), Json.tree(before), Json.tree(after));
        return new Outcome.Done(briefId, after.revision());
    }

    /// Makes the item that the brief asks for, once: the brief's row is locked, so whoever comes second finds the first one's.
    @Transactional
    public Outcome startDraft(Actor actor, String briefId, String type, String kind, String locale) {
        var before = store.lock(actor, briefId).map(store::whole).orElse(null);
        if (before == null) {
            return new Outcome.NotFound();
        }
        if (!before.writer().equals(actor.id()) || !actor.has(Role.WRITER)) {
            audit.recordRefusal(actor, "brief.draft-started", "brief", briefId, "is not its writer");
            return new Outcome.NotAllowed("Only the writer of a brief starts its draft; ask a strategist to give it to you.");
        }
        if (before.itemId() != null) {
            return new Outcome.Started(briefId, before.itemId(), false);
        }
        if (!before.isUnfinished()) {
            return new Outcome.OutOfSequence("This brief was cancelled; ask the strategist for another one.");
        }
        var pack = packs.find(before.market()).orElse(null);
        if (pack == null || !pack.locales().contains(locale)) {
            return new Outcome.Invalid(List.of(BriefRules.block("not-allowed-value", "/locale", "Choose a locale of the market " + before.market() + ".")));
        }
        var document = drafts.document(before, type);
        if (document.isEmpty()) {
            return new Outcome.Invalid(List.of(BriefRules.block("not-allowed-value", "/type", "Choose a content type that exists.")));
        }
        return switch (content.create(actor, new NewItem(type, kind, before.brand(), locale, document.get()))) {
            case ContentDesk.Creation.Invalid(var findings) -> new Outcome.Invalid(findings);
            case ContentDesk.Creation.Created(var item, _) -> {
                var after = before.in(BriefState.IN_WORK, item.id(), null, now());
                store.update(after);
                audit.record(actor, "brief.draft-started", "brief", briefId, null, Json.tree(before), Json.tree(after));
                yield new Outcome.Started(briefId, item.id(), true);
            }
        };
    }

    /// Part of the publication of an item: the brief that asked for it is done. A later withdrawal does not undo that.
    @Transactional
    public void published(String itemId) {
        store.lockByItem(itemId).filter(it -> it.state() == BriefState.IN_WORK).map(store::whole).ifPresent(before -> {
            var after = before.in(BriefState.DONE, itemId, null, now());
            store.update(after);
            audit.record(Actor.system(), "brief.done", "brief", before.id(), "its item was published", Json.tree(before), Json.tree(after));
        });
    }

    private Outcome notStrategist(Actor actor, String action, String briefId) {
        audit.recordRefusal(actor, action, "brief", briefId, "needs the role strategist");
        return new Outcome.NotAllowed("Only strategists do this; ask one, or your administrator for the role.");
    }

    /// A brief without a brand is the portfolio's, though everyone reads it and its writer may be anyone.
    private static boolean isBeyond(Actor actor, @Nullable String brand) {
        return brand == null && !StrategyScope.mayActFor(actor, null);
    }

    private Outcome portfolios(Actor actor, String action, String briefId) {
        audit.recordRefusal(actor, action, "brief", briefId, "works for some brands; the brief is the portfolio's");
        return new Outcome.NotAllowed("A brief without a brand is the portfolio's, and you work for some brands. Choose a brand of yours, or ask a strategist who has every brand.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
