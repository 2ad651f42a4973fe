package io.throughline.strategy;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.CatalogueLog;
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

/// Where strategists state, version and activate strategies. Versions are facts: stored once, never changed.
@Service
public class StrategyDesk {

    private static final int LONGEST_REASON = 2_000;


    /// @param scope `portfolio` or `brand`
    public record Strategy(String id, String name, String scope, @Nullable String brand) {}

    public record StrategyVersion(
            String strategyId, int number, String sha256, StrategyDocument document, String createdBy, Instant createdAt) {}

    public sealed interface Outcome {
        record Stated(Strategy strategy) implements Outcome {}

        record Stored(StrategyVersion version) implements Outcome {}

        record Activated(String strategyId, int number, Instant from, @Nullable Instant until, long sequence) implements Outcome {}

        record Invalid(List<Finding> findings) implements Outcome {}

        record NotFound() implements Outcome {}
    }

    private final JdbcClient jdbc;
    private final StrategyRules rules;
    private final Brands brands;
    private final AuditTrail audit;
    private final CatalogueLog catalogue;
    private final Clock clock;

    StrategyDesk(JdbcClient jdbc, StrategyRules rules, Brands brands, AuditTrail audit, CatalogueLog catalogue, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.brands = brands;
        this.audit = audit;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /// Opens a strategy for the portfolio, or for one brand.
    @Transactional
    public Outcome state(Actor actor, String name, @Nullable String brand) {
        if (name.isBlank()) {
            return invalid("required", "/name", "Name the strategy in one line.");
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

    /// Stores the next version. The strategy's row is locked so that two strategists get two numbers.
    @Transactional
    public Outcome store(Actor actor, String strategyId, StrategyDocument document) {
        if (lock(actor, strategyId).isEmpty()) {
            return new Outcome.NotFound();
        }
        var findings = rules.check(document);
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
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

    /// Lets a version decide from an instant on. Takes a content sequence: content sets change with it.
    ///
    /// @param from  inclusive; null is now; never in the past, because what was served is not rewritten
    /// @param until exclusive; null is open
    @Transactional
    public Outcome activate(Actor actor, String strategyId, int number, @Nullable Instant from, @Nullable Instant until, String reason) {
        if (lock(actor, strategyId).isEmpty()) {
            return new Outcome.NotFound();
        }
        var version = findVersion(strategyId, number);
        if (version.isEmpty()) {
            return new Outcome.NotFound();
        }
        var now = clock.instant();
        var start = from == null ? now : from;
        if (start.isBefore(now)) {
            return invalid("window", "/from", "A strategy can't be activated for the past. Leave the start out to activate it now.");
        }
        if (until != null && !until.isAfter(start)) {
            return invalid("window", "/until", "The activation ends before it starts; choose a later end or leave it out.");
        }
        if (reason.isBlank()) {
            return invalid("required", "/reason", "Say why this version is activated; the reason goes into the audit trail.");
        }
        if (reason.length() > LONGEST_REASON) {
            return invalid("too-long", "/reason", "Shorten the reason to %d characters.".formatted(LONGEST_REASON));
        }
        var findings = StrategyRules.checkActivation(version.get().document());
        if (!findings.isEmpty()) {
            return new Outcome.Invalid(findings);
        }
        long sequence = catalogue.append(CatalogueLog.Change.STRATEGY_ACTIVATED, null, null, null, null, strategyId, reason, actor.id());
        jdbc.sql("""
                        insert into strategy_activation
                               (strategy_id, number, active_from, active_until, reason, activated_by, activated_at, sequence)
                        values (:id, :number, :from, :until, :reason, :by, :at, :sequence)
                        """)
                .param("id", strategyId)
                .param("number", number)
                .param("from", start.atOffset(ZoneOffset.UTC))
                .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", reason)
                .param("by", actor.id())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("sequence", sequence)
                .update();
        var activated = new Outcome.Activated(strategyId, number, start, until, sequence);
        audit.record(actor, "strategy.activated", "strategy", strategyId, reason, null, Json.tree(activated));
        return activated;
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

    Optional<Strategy> find(Actor actor, String strategyId) {
        return jdbc.sql("select id, name, scope, brand from strategy where id = :id")
                .param("id", strategyId).query(Strategy.class).optional()
                .filter(it -> actor.mayUseBrand(it.brand()));
    }

    private Optional<Strategy> lock(Actor actor, String strategyId) {
        return jdbc.sql("select id, name, scope, brand from strategy where id = :id for update")
                .param("id", strategyId).query(Strategy.class).optional()
                .filter(it -> actor.mayUseBrand(it.brand()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Outcome invalid(String code, String path, String message) {
        return new Outcome.Invalid(List.of(new Finding(code, Severity.BLOCK, path, message, null)));
    }
}
