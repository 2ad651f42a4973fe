package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.content.ContentDesk;
import io.throughline.content.ContentDesk.Freezing;
import io.throughline.content.ContentRules;
import io.throughline.content.Contents;
import io.throughline.content.Draft;
import io.throughline.content.Item;
import io.throughline.content.Moment;
import io.throughline.content.Rendition;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.review.ReviewRefusal.Invalid;
import io.throughline.review.ReviewRefusal.NotAllowed;
import io.throughline.review.ReviewRefusal.NotFound;
import io.throughline.review.ReviewRefusal.OutOfSequence;
import io.throughline.review.ReviewRefusal.StaleDraft;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import io.throughline.shared.Role;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Turns a draft into a version under review: opens a job, or starts the next circulation of one that was sent back.
@Component
class Submissions {

    /// @param reason why this circulation follows the last (RV-2); only for a text that was sent back
    /// @param note   for the reviewers
    record Order(String itemId, String locale, int expectedRevision, String market, @Nullable Instant dueAt, @Nullable String reason,
            @Nullable String note) {}

    private final Contents contents;
    private final ContentDesk desk;
    private final ContentRules rules;
    private final Renditions renditions;
    private final MarketPacks packs;
    private final ReviewLedger ledger;
    private final ReviewScope scope;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Submissions(Contents contents, ContentDesk desk, ContentRules rules, Renditions renditions, MarketPacks packs, ReviewLedger ledger, ReviewScope scope,
            AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.contents = contents;
        this.desk = desk;
        this.rules = rules;
        this.renditions = renditions;
        this.packs = packs;
        this.ledger = ledger;
        this.scope = scope;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /// Inside the caller's transaction; a refusal means that it must be rolled back.
    ReviewOutcome<ReviewJob> submit(Actor actor, Order order) {
        var item = contents.findItem(order.itemId()).filter(it -> actor.mayUseContentOf(it.brand()));
        if (item.isEmpty()) {
            return refused(new NotFound("There is no such item. Check its id, or ask for access to its brand."));
        }
        if (!actor.has(Role.WRITER)) {
            return refused(new NotAllowed("Submitting needs the role writer. Ask a writer to submit it."));
        }
        if (!actor.mayUseMarket(order.market())) {
            return refused(new NotAllowed("You may not submit for the market %s. Ask an administrator for access to it.".formatted(order.market())));
        }
        var pack = packs.find(order.market());
        if (pack.isEmpty()) {
            return refused(invalid("not-allowed-value", "/market", null, "There is no market pack for '%s'.".formatted(order.market())));
        }
        // the job's row is locked before the draft's: the order that every act keeps
        var open = ledger.lockOpen(item.get().id(), order.locale(), order.market());
        var draft = contents.findDraft(item.get().id(), order.locale());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var refusal = refusal(actor, order, item.get(), pack.get(), open, draft, now);
        return refusal.<ReviewOutcome<ReviewJob>>map(Refused::new)
                .orElseGet(() -> start(actor, order, item.get(), pack.get(), open, now));
    }

    private Optional<ReviewRefusal> refusal(
            Actor actor, Order order, Item item, MarketPack pack, Optional<ReviewJob> open, Optional<Draft> draft, Instant now) {
        if (open.isPresent() && open.get().state() == JobState.IN_REVIEW) {
            return Optional.of(new OutOfSequence("This text is already in review for %s as %s. Wait for its verdicts, or cancel it."
                    .formatted(order.market(), open.get().code())));
        }
        if (draft.isEmpty()) {
            return Optional.of(noDraft(order.locale()));
        }
        if (draft.get().revision() != order.expectedRevision()) {
            return Optional.of(stale(draft.get().revision()));
        }
        var findings = new ArrayList<>(orderFindings(order, pack, open, now));
        findings.addAll(disciplineFindings(actor, item, order.locale(), pack, open));
        rules.check(item, order.locale(), draft.get().document(), pack, Moment.SUBMITTING).stream()
                .filter(it -> it.severity() == Severity.BLOCK)
                .forEach(findings::add);
        findings.addAll(renditions.check(order.locale(), draft.get().document(), pack));
        return findings.isEmpty() ? Optional.empty()
                : Optional.of(new Invalid("The text can't be submitted yet. Resolve the findings and submit again.", findings));
    }

    private List<Finding> orderFindings(Order order, MarketPack pack, Optional<ReviewJob> open, Instant now) {
        var findings = new ArrayList<Finding>();
        if (!pack.locales().contains(order.locale())) {
            findings.add(block("not-allowed-value", "/market", null, "%s is not a locale of %s; it has %s."
                    .formatted(order.locale(), order.market(), String.join(", ", pack.locales()))));
        }
        if (open.isPresent() && isBlank(order.reason())) {
            findings.add(block("required", "/reason", "RV-2", "Say what was revised: circulation %d of %s needs a reason."
                    .formatted(open.get().circulation() + 1, open.get().code())));
        }
        if (order.dueAt() != null && !order.dueAt().isAfter(now)) {
            findings.add(block("not-allowed-value", "/dueAt", null, "The review can't be due in the past. Choose a later time."));
        }
        return findings;
    }

    /// RV-1: a discipline that nobody can take would leave the job waiting for ever.
    private List<Finding> disciplineFindings(Actor actor, Item item, String locale, MarketPack pack, Optional<ReviewJob> open) {
        var disciplines = Packs.disciplines(pack, item.kind());
        if (disciplines.isEmpty()) {
            return List.of(block("discipline-missing", "", "RV-1",
                    "The market pack of %s names no disciplines for %s content. Ask an administrator to complete it."
                            .formatted(pack.market(), item.kind())));
        }
        var developers = new HashSet<>(contents.developers(item.id(), locale));
        developers.add(actor.id());
        open.ifPresent(it -> developers.addAll(ledger.developers(it.id())));
        var able = new EnumMap<Discipline, List<String>>(Discipline.class);
        disciplines.forEach(it -> able.put(it, ledger.whoCanTake(it, item.brand(), pack.market(), developers, disciplines.size())));
        return ReviewPolicy.withoutReviewer(able, Packs.joinedDuties(pack)).stream()
                .map(it -> block("discipline-missing", "", "RV-1", nobodyFor(it, pack.market(), able.getOrDefault(it, List.of()))))
                .toList();
    }

    private static String nobodyFor(Discipline discipline, String market, List<String> able) {
        var role = Kebab.of(discipline.role()).replace('-', ' ');
        return able.isEmpty()
                ? "Nobody can take the %s review for %s: no %s who did not write in this text has access. Ask an administrator."
                        .formatted(discipline.code(), market, role)
                : "Nobody is left for the %s review for %s: whoever could take it is needed for another discipline, and each has a person of its own. Ask an administrator for another %s."
                        .formatted(discipline.code(), market, role);
    }

    private ReviewOutcome<ReviewJob> start(
            Actor actor, Order order, Item item, MarketPack pack, Optional<ReviewJob> open, Instant now) {
        Version version;
        switch (desk.freeze(actor, item.id(), order.locale(), order.expectedRevision())) {
            case Freezing.Frozen(var frozen) -> version = frozen;
            case Freezing.Stale(var revision) -> {
                return refused(stale(revision));
            }
            case Freezing.NotFound() -> {
                return refused(noDraft(order.locale()));
            }
        }
        var prepared = YearMonth.from(now.atZone(ZoneOffset.UTC)).toString();
        String id;
        String code;
        if (open.isPresent()) {
            id = open.get().id();
            code = open.get().code();
            ledger.reopen(id, prepared, order.dueAt() == null ? open.get().dueAt() : order.dueAt());
        } else {
            var year = now.atZone(ZoneOffset.UTC).getYear();
            id = Ids.next("job");
            code = JobCodes.format(pack.jobCodePattern(), year, ledger.nextNumber(pack.market(), year));
            ledger.open(id, code, item.id(), order.locale(), pack.market(), prepared, actor.id(), now, order.dueAt());
        }
        var number = open.map(it -> it.circulation() + 1).orElse(1);
        var rendition = renditions.freeze(item, version, pack, code, prepared);
        ledger.startCirculation(id, circulation(actor, order, version, rendition, number, now), Packs.disciplines(pack, item.kind()),
                order.dueAt());
        var job = ledger.findByCode(code).orElseThrow();
        audit.record(actor, number == 1 ? "review.started" : "review.resubmitted", "review-job", id, order.reason(), null, Json.tree(job));
        events.publishEvent(new ReviewAdvanced(id, item.id()));
        return new ReviewOutcome.Done<>(job);
    }

    private ReviewLedger.Circulation circulation(Actor actor, Order order, Version version, Rendition rendition, int number, Instant now) {
        return new ReviewLedger.Circulation(number, version.number(), version.sha256(), rendition.sha256(), number == 1 ? null : order.reason(), order.note(),
                actor.id(), now, null, null, scope.of(version, rendition));
    }

    private static NotFound noDraft(String locale) {
        return new NotFound("There is no draft in %s. Start one from the latest version.".formatted(locale));
    }

    private static StaleDraft stale(int revision) {
        return new StaleDraft(revision,
                "The draft is at revision %d now. Reload it, look at what changed, and submit again.".formatted(revision));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static ReviewOutcome<ReviewJob> refused(ReviewRefusal refusal) {
        return new Refused<>(refusal);
    }

    private static Invalid invalid(String code, String path, @Nullable String rule, String message) {
        return new Invalid(message, List.of(block(code, path, rule, message)));
    }

    private static Finding block(String code, String path, @Nullable String rule, String message) {
        return new Finding(code, Severity.BLOCK, path, message, rule);
    }
}
