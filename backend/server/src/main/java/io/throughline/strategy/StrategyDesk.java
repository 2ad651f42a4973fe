package io.throughline.strategy;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Finding;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Severity;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.Brands;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Where strategists state strategies and store their versions. Versions are facts: stored once, never changed.
@Service
public class StrategyDesk {

    /// @param scope `portfolio` or `brand`
    public record Strategy(String id, String name, String scope, @Nullable String brand) {}

    public record StrategyVersion(
            String strategyId, int number, String sha256, StrategyDocument document, String createdBy, Instant createdAt) {}

    public sealed interface Outcome {
        record Stated(Strategy strategy) implements Outcome {}

        record Stored(StrategyVersion version) implements Outcome {}

        record Approved(String strategyId, int number, String sha256, String signatureId) implements Outcome {}

        record Activated(String strategyId, int number, Instant from, @Nullable Instant until, long sequence) implements Outcome {}

        record Ended(String strategyId, int number, Instant at, long sequence) implements Outcome {}

        /// P11-4: the step is not the next one.
        record OutOfSequence(String detail) implements Outcome {}

        record AuthorMayNotApprove(String detail) implements Outcome {}

        record NotAllowed(String detail) implements Outcome {}

        record SignatureRefused(String detail) implements Outcome {}

        record Invalid(List<Finding> findings) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    private final JdbcClient jdbc;
    private final StrategyRules rules;
    private final Brands brands;
    private final AuditTrail audit;
    private final EngagementModels models;
    private final Clock clock;

    StrategyDesk(JdbcClient jdbc, StrategyRules rules, Brands brands, AuditTrail audit, EngagementModels models, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.brands = brands;
        this.audit = audit;
        this.models = models;
        this.clock = clock;
    }

    /// Opens a strategy for the portfolio, or for one brand.
    @Transactional
    public Outcome state(Actor actor, String name, @Nullable String brand) {
        if (name.isBlank()) {
            return invalid("required", "/name", "Name the strategy in one line.");
        }
        var beyond = brand == null ? StrategyScope.refusal(actor, null) : Optional.<String>empty();
        if (beyond.isPresent()) {
            audit.recordRefusal(actor, "strategy.refused", "strategy", "", beyond.get());
            return new Outcome.NotAllowed(beyond.get());
        }
        if (brand != null && (brands.find(brand).isEmpty() || !actor.mayUseBrand(brand))) {
            return invalid("unknown-concept", "/brand", "There is no brand “" + brand + "”. Choose one from the list of brands.");
        }
        var strategy = new Strategy(Ids.next("str"), name, brand == null ? "portfolio" : "brand", brand);
        jdbc.sql("""
                        insert into strategy (id, name, scope, brand, created_by, created_at)
                        values (:id, :name, :scope, :brand, :by, :at)
                        """)
                .param("id", strategy.id())
                .param("name", name)
                .param("scope", strategy.scope())
                .param("brand", brand)
                .param("by", actor.id())
                .param("at", now())
                .update();
        audit.record(actor, "strategy.stated", "strategy", strategy.id(), null, null, Json.tree(strategy));
        return new Outcome.Stated(strategy);
    }

    /// Stores the next version, with what its objectives leave open taken from their engagement models. The strategy's row is locked so that two strategists get two numbers.
    @Transactional
    public Outcome store(Actor actor, String strategyId, StrategyDocument written) {
        var strategy = lock(actor, strategyId);
        if (strategy.isEmpty()) {
            return new Outcome.NotFound();
        }
        var beyond = StrategyScope.refusal(actor, strategy.get().brand());
        if (beyond.isPresent()) {
            audit.recordRefusal(actor, "strategy-version.refused", "strategy", strategyId, beyond.get());
            return new Outcome.NotAllowed(beyond.get());
        }
        var findings = rules.check(actor, written);
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
        var document = models.completed(written);
        var canonical = CanonicalJson.text(Json.tree(document));
        int number = jdbc.sql("select coalesce(max(number), 0) + 1 from strategy_version where strategy_id = :id")
                .param("id", strategyId).query(Integer.class).single();
        var version = new StrategyVersion(strategyId, number, Sha256.hex(canonical), document, actor.id(), clock.instant());
        jdbc.sql("""
                        insert into strategy_version (strategy_id, number, document, sha256, created_by, created_at)
                        values (:id, :number, cast(:document as jsonb), :sha256, :by, :at)
                        """)
                .param("id", strategyId)
                .param("number", number)
                .param("document", canonical)
                .param("sha256", version.sha256())
                .param("by", actor.id())
                .param("at", version.createdAt().atOffset(ZoneOffset.UTC))
                .update();
        audit.record(actor, "strategy-version.stored", "strategy", strategyId, null, null, Json.tree(version));
        return new Outcome.Stored(version);
    }

    Optional<StrategyVersion> findVersion(String strategyId, int number) {
        return jdbc.sql("""
                        select strategy_id, number, sha256, document, created_by, created_at
                          from strategy_version
                         where strategy_id = :id and number = :number
                        """)
                .param("id", strategyId)
                .param("number", number)
                .query((row, _) -> new StrategyVersion(
                        row.getString("strategy_id"),
                        row.getInt("number"),
                        row.getString("sha256"),
                        Json.mapper().readValue(row.getString("document"), StrategyDocument.class),
                        row.getString("created_by"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /// What the actor may read; whether they may act on it is [StrategyScope]'s to say.
    Optional<Strategy> find(Actor actor, String strategyId) {
        return jdbc.sql("select id, name, scope, brand from strategy where id = :id")
                .param("id", strategyId).query(Strategy.class).optional()
                .filter(it -> StrategyScope.mayRead(actor, it.brand()));
    }

    /// The same, and keeps others from taking a step with this strategy until the transaction ends.
    Optional<Strategy> lock(Actor actor, String strategyId) {
        return jdbc.sql("select id, name, scope, brand from strategy where id = :id for update")
                .param("id", strategyId).query(Strategy.class).optional()
                .filter(it -> StrategyScope.mayRead(actor, it.brand()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    static Outcome invalid(String code, String path, String message) {
        return new Outcome.Invalid(List.of(new Finding(code, Severity.BLOCK, path, message, null)));
    }
}
