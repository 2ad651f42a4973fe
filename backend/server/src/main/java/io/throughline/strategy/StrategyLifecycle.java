package io.throughline.strategy;

import io.throughline.audit.AuditTrail;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.SignerCheck;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.strategy.StrategyDesk.Outcome;
import io.throughline.strategy.StrategyDesk.Strategy;
import io.throughline.strategy.StrategyDesk.StrategyVersion;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The steps of a strategy version: draft, approved, active within a window, ended. A step out of its order is refused
/// (P11-4); who may not take one is refused and recorded (P11-5).
@Service
public class StrategyLifecycle {

    /// What a signature's subject is; its id is `strategy/number`.
    static final String SIGNED = "strategy-version";
    /// P11-6
    static final String MEANING = "approval of the strategy";

    private static final int LONGEST_REASON = 2_000;

    private final StrategyDesk desk;
    private final Strategies strategies;
    private final ElectronicSignatures signatures;
    private final AuditTrail audit;
    private final CatalogueLog catalogue;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate transaction;

    StrategyLifecycle(StrategyDesk desk, Strategies strategies, ElectronicSignatures signatures, AuditTrail audit, CatalogueLog catalogue,
            JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
        this.desk = desk;
        this.strategies = strategies;
        this.signatures = signatures;
        this.audit = audit;
        this.catalogue = catalogue;
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Signs a draft version; by a strategist who did not write it.
    ///
    /// Whether it may be done is asked twice: before the password is, and under the lock, where the answer counts.
    ///
    /// @param sha256 of the version that was read; another is refused (P11-7)
    public Outcome approve(Actor actor, String strategyId, int number, String sha256, String reason, SigningCredentials credentials,
            SigningSession session) {
        var early = approvalRefusal(actor, strategyId, number, sha256, reason);
        if (early != null) {
            return recorded(actor, "strategy-approval.refused", strategyId, early);
        }
        return switch (signatures.verify(actor, credentials, session)) {
            case SignerCheck.Refused(_, var detail) -> new Outcome.SignatureRefused(detail);
            case SignerCheck.Verified(var signer) -> recorded(actor, "strategy-approval.refused", strategyId, act(() -> {
                desk.lock(signer.actor(), strategyId);
                var refusal = approvalRefusal(signer.actor(), strategyId, number, sha256, reason);
                if (refusal != null) {
                    return refusal;
                }
                var signature = signatures.sign(signer, MEANING, SIGNED, signedId(strategyId, number), sha256);
                jdbc.sql("""
                                insert into strategy_approval (strategy_id, number, reason, sha256, signature_id, approved_by, approved_at)
                                values (:id, :number, :reason, :sha256, :signature, :by, :at)
                                """)
                        .param("id", strategyId)
                        .param("number", number)
                        .param("reason", reason.strip())
                        .param("sha256", sha256)
                        .param("signature", signature.id())
                        .param("by", signer.actor().id())
                        .param("at", signature.signedAt().atOffset(ZoneOffset.UTC))
                        .update();
                var approved = new Outcome.Approved(strategyId, number, sha256, signature.id());
                audit.record(signer.actor(), "strategy.approved", "strategy", strategyId, reason.strip(), null, Json.tree(approved));
                return approved;
            }));
        };
    }

    /// Lets an approved version decide from an instant on. Takes a content sequence: content sets change with it.
    ///
    /// @param from  inclusive; null is now; never in the past, because what was served is not rewritten
    /// @param until exclusive; null is open
    public Outcome activate(Actor actor, String strategyId, int number, @Nullable Instant from, @Nullable Instant until, String reason) {
        return recorded(actor, "strategy-activation.refused", strategyId, act(() -> {
            var locked = lockVersion(actor, strategyId, number);
            if (locked == null) {
                return new Outcome.NotFound();
            }
            var beyond = locked.refusal(actor);
            if (beyond != null) {
                return beyond;
            }
            var version = locked.version();
            var now = clock.instant();
            var start = from == null ? now : from;
            var refusal = activationRefusal(version, start, until, reason, now);
            if (refusal != null) {
                return refusal;
            }
            long sequence = catalogue.append(CatalogueLog.Change.STRATEGY_ACTIVATED, null, null, null, null, strategyId, reason.strip(), actor.id());
            jdbc.sql("""
                            insert into strategy_activation
                                   (strategy_id, number, active_from, active_until, reason, activated_by, activated_at, sequence)
                            values (:id, :number, :from, :until, :reason, :by, :at, :sequence)
                            """)
                    .param("id", strategyId)
                    .param("number", number)
                    .param("from", start.atOffset(ZoneOffset.UTC))
                    .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("reason", reason.strip())
                    .param("by", actor.id())
                    .param("at", now.atOffset(ZoneOffset.UTC))
                    .param("sequence", sequence)
                    .update();
            var activated = new Outcome.Activated(strategyId, number, start, until, sequence);
            audit.record(actor, "strategy.activated", "strategy", strategyId, reason.strip(), null, Json.tree(activated));
            return activated;
        }));
    }

    /// Ends an active or scheduled version before its time. Takes a content sequence, too: from here on another one decides, or none.
    public Outcome end(Actor actor, String strategyId, int number, String reason) {
        return recorded(actor, "strategy-ending.refused", strategyId, act(() -> {
            var locked = lockVersion(actor, strategyId, number);
            if (locked == null) {
                return new Outcome.NotFound();
            }
            var beyond = locked.refusal(actor);
            if (beyond != null) {
                return beyond;
            }
            var unexplained = reasonRefusal(reason, "ended");
            if (unexplained != null) {
                return unexplained;
            }
            var now = clock.instant();
            var activations = strategies.readActivations();
            switch (StrategyState.of(true, activations, strategyId, number, now)) {
                case DRAFT, APPROVED, ENDED -> {
                    return new Outcome.OutOfSequence("Only an active or a scheduled version can be ended; this one is neither.");
                }
                case SCHEDULED, ACTIVE -> {}
            }
            var own = activations.stream().filter(it -> it.strategyId().equals(strategyId) && it.number() == number)
                    .mapToLong(Strategies.Activation::sequence).max().orElseThrow();
            long sequence = catalogue.append(CatalogueLog.Change.STRATEGY_ACTIVATED, null, null, null, null, strategyId, reason.strip(), actor.id());
            jdbc.sql("""
                            insert into strategy_ending (activation_sequence, ended_at, reason, ended_by, sequence)
                            values (:own, :at, :reason, :by, :sequence)
                            """)
                    .param("own", own)
                    .param("at", now.atOffset(ZoneOffset.UTC))
                    .param("reason", reason.strip())
                    .param("by", actor.id())
                    .param("sequence", sequence)
                    .update();
            var ended = new Outcome.Ended(strategyId, number, now, sequence);
            audit.record(actor, "strategy.ended", "strategy", strategyId, reason.strip(), null, Json.tree(ended));
            return ended;
        }));
    }

    /// What waits for the actor to approve it; the oldest first. Nothing for whoever may not.
    public List<AwaitingApproval> listAwaiting(Actor actor, int limit) {
        if (!actor.has(Role.STRATEGIST)) {
            return List.of();
        }
        return jdbc.sql("""
                        select s.id, s.name, s.brand, v.number, v.created_by, v.created_at, p.display_name
                          from strategy s
                          join lateral (select number, created_by, created_at from strategy_version
                                         where strategy_id = s.id order by number desc limit 1) v on true
                          join person p on p.id = v.created_by
                         where v.created_by <> :me
                           and (:everyBrand or s.brand = any(:brands))
                           and not exists (select 1 from strategy_approval a where a.strategy_id = s.id and a.number = v.number)
                           and not exists (select 1 from strategy_activation a where a.strategy_id = s.id and a.number = v.number)
                         order by v.created_at
                         limit :limit
                        """)
                .param("me", actor.id())
                .param("everyBrand", actor.mayUseEveryBrand())
                .param("brands", actor.brands().toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> new AwaitingApproval(row.getString("id"), row.getString("name"), row.getString("brand"), row.getInt("number"),
                        new AwaitingApproval.Author(row.getString("created_by"), row.getString("display_name")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list().stream()
                .filter(it -> desk.findVersion(it.strategyId(), it.number())
                        .filter(version -> StrategyScope.refusal(actor, it.brand(), version.document()).isEmpty())
                        .filter(version -> StrategyRules.checkActivation(version.document()).isEmpty()).isPresent())
                .toList();
    }

    static String signedId(String strategyId, int number) {
        return strategyId + "/" + number;
    }

    boolean isApproved(String strategyId, int number) {
        return jdbc.sql("select exists (select 1 from strategy_approval where strategy_id = :id and number = :number)")
                .param("id", strategyId).param("number", number).query(Boolean.class).single();
    }

    /// A version with the strategy that the actor may read it in.
    private record Readable(Strategy strategy, StrategyVersion version) {

        /// Null where the actor may take steps with it, too.
        @Nullable Outcome refusal(Actor actor) {
            return StrategyScope.refusal(actor, strategy.brand(), version.document()).map(Outcome.NotAllowed::new).orElse(null);
        }
    }

    private @Nullable Readable lockVersion(Actor actor, String strategyId, int number) {
        return version(desk.lock(actor, strategyId), number);
    }

    private @Nullable Readable version(Optional<Strategy> strategy, int number) {
        return strategy.flatMap(it -> desk.findVersion(it.id(), number).map(version -> new Readable(it, version))).orElse(null);
    }

    /// Null where it may be approved.
    private @Nullable Outcome approvalRefusal(Actor actor, String strategyId, int number, String sha256, String reason) {
        var readable = version(desk.find(actor, strategyId), number);
        if (readable == null) {
            return new Outcome.NotFound();
        }
        var version = readable.version();
        if (!actor.has(Role.STRATEGIST)) {
            return new Outcome.NotAllowed("Only strategists approve strategies; ask one, or your administrator for the role.");
        }
        var beyond = readable.refusal(actor);
        if (beyond != null) {
            return beyond;
        }
        if (isApproved(strategyId, number)) {
            return new Outcome.OutOfSequence("This version is approved already; activate it, or store the next one.");
        }
        if (strategies.readActivations().stream().anyMatch(it -> it.strategyId().equals(strategyId) && it.number() == number)) {
            return new Outcome.OutOfSequence("This version was active before; store what it says as the next version and approve that.");
        }
        if (version.createdBy().equals(actor.id())) {
            return new Outcome.AuthorMayNotApprove("You wrote this version; another strategist approves it.");
        }
        if (!version.sha256().equals(sha256)) {
            return StrategyDesk.invalid("stale", "/sha256", "That is not the SHA-256 of this version; read it again before you sign it.");
        }
        var findings = StrategyRules.checkActivation(version.document());
        return findings.isEmpty() ? reasonRefusal(reason, "approved") : new Outcome.Invalid(findings);
    }

    /// Null where it may be activated.
    private @Nullable Outcome activationRefusal(StrategyVersion version, Instant start, @Nullable Instant until, String reason, Instant now) {
        if (start.isBefore(now)) {
            return StrategyDesk.invalid("window", "/from", "A strategy can't be activated for the past. Leave the start out to activate it now.");
        }
        if (until != null && !until.isAfter(start)) {
            return StrategyDesk.invalid("window", "/until", "The activation ends before it starts; choose a later end or leave it out.");
        }
        var unexplained = reasonRefusal(reason, "activated");
        if (unexplained != null) {
            return unexplained;
        }
        var findings = StrategyRules.checkActivation(version.document());
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
        return switch (StrategyState.of(isApproved(version.strategyId(), version.number()), strategies.readActivations(), version.strategyId(),
                version.number(), now)) {
            case DRAFT -> new Outcome.OutOfSequence("This version is not approved yet; another strategist than its author approves it first.");
            case SCHEDULED -> new Outcome.OutOfSequence("This version is activated already for a later time; end it first, or wait.");
            case ACTIVE -> new Outcome.OutOfSequence("This version is active already.");
            case ENDED -> new Outcome.OutOfSequence("This version has ended and is not revived; store what it says as the next version.");
            case APPROVED -> null;
        };
    }

    private static @Nullable Outcome reasonRefusal(String reason, String done) {
        if (reason.isBlank() || reason.indexOf('\0') >= 0) {
            return StrategyDesk.invalid("required", "/reason", "Say why this version is %s; the reason goes into the audit trail.".formatted(done));
        }
        return reason.length() > LONGEST_REASON
                ? StrategyDesk.invalid("too-long", "/reason", "Shorten the reason to %d characters.".formatted(LONGEST_REASON)) : null;
    }

    /// A refused step leaves nothing behind (S12).
    private Outcome act(Supplier<Outcome> step) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var outcome = step.get();
            if (isRefusal(outcome)) {
                status.setRollbackOnly();
            }
            return outcome;
        }));
    }

    private static boolean isRefusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stated _, Outcome.Stored _, Outcome.Approved _, Outcome.Activated _, Outcome.Ended _ -> false;
            case Outcome.Invalid _, Outcome.NotFound _, Outcome.OutOfSequence _, Outcome.AuthorMayNotApprove _, Outcome.NotAllowed _,
                    Outcome.SignatureRefused _ -> true;
        };
    }

    /// What a person may not do stands in the trail; what was mistyped does not.
    private Outcome recorded(Actor actor, String refused, String strategyId, Outcome outcome) {
        switch (outcome) {
            case Outcome.OutOfSequence(var detail) -> audit.recordRefusal(actor, refused, "strategy", strategyId, detail);
            case Outcome.AuthorMayNotApprove(var detail) -> audit.recordRefusal(actor, refused, "strategy", strategyId, detail);
            case Outcome.NotAllowed(var detail) -> audit.recordRefusal(actor, refused, "strategy", strategyId, detail);
            case Outcome.NotFound _, Outcome.SignatureRefused _, Outcome.Invalid _, Outcome.Stated _, Outcome.Stored _, Outcome.Approved _,
                    Outcome.Activated _, Outcome.Ended _ -> {}
        }
        return outcome;
    }
}
