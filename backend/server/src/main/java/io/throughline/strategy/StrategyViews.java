package io.throughline.strategy;

import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.strategy.StrategyDesk.Strategy;
import io.throughline.strategy.StrategyDesk.StrategyVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The JSON of the management API for strategies and their versions.
@Component
class StrategyViews {

    private static final int MOST_VERSIONS = 200;

    record PersonName(String id, String displayName) {}

    record Active(int number, Instant from, @Nullable Instant until) {}

    record StrategyRow(String id, String name, String scope, @Nullable String brand, int latest, @Nullable StrategyState latestState,
            @Nullable Active active) {}

    record VersionRow(int number, StrategyState state, String summary, int objectives, PersonName createdBy, Instant createdAt,
            @Nullable Instant activeFrom, @Nullable Instant activeUntil) {}

    record Detail(String id, String name, String scope, @Nullable String brand, List<VersionRow> versions) {}

    record Early(Instant at, PersonName by, String reason) {}

    record ActivationView(Instant from, @Nullable Instant until, String reason, PersonName activatedBy, Instant activatedAt, long sequence,
            @Nullable Early ended) {}

    record ApprovalView(String reason, PersonName approvedBy, Instant approvedAt, String meaning, String signatureId, String sha256, boolean valid) {}

    record Permissions(boolean approve, boolean activate, boolean end) {}

    record VersionView(String strategyId, String name, int number, String sha256, StrategyDocument document, StrategyState state,
            PersonName createdBy, Instant createdAt, @Nullable ApprovalView approval, Permissions permissions, List<ActivationView> activations) {}

    private final Strategies strategies;
    private final StrategyLifecycle lifecycle;
    private final ElectronicSignatures signatures;
    private final People people;
    private final JdbcClient jdbc;
    private final Clock clock;

    StrategyViews(Strategies strategies, StrategyLifecycle lifecycle, ElectronicSignatures signatures, People people, JdbcClient jdbc, Clock clock) {
        this.strategies = strategies;
        this.lifecycle = lifecycle;
        this.signatures = signatures;
        this.people = people;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<StrategyRow> rows(Actor actor) {
        var now = clock.instant();
        var activations = strategies.listActivations();
        var deciding = strategies.listDecidingAt(now).stream().collect(Collectors.toMap(Strategies.Activation::strategyId, it -> it));
        return jdbc.sql("""
                        select s.id, s.name, s.scope, s.brand, coalesce(v.number, 0) as latest, a.number is not null as approved
                          from strategy s
                          left join lateral (select number from strategy_version where strategy_id = s.id order by number desc limit 1) v on true
                          left join strategy_approval a on a.strategy_id = s.id and a.number = v.number
                         order by s.scope desc, s.name
                         limit 500
                        """)
                .query((row, _) -> {
                    var id = row.getString("id");
                    int latest = row.getInt("latest");
                    var active = deciding.get(id);
                    return new StrategyRow(id, row.getString("name"), row.getString("scope"), row.getString("brand"), latest,
                            latest == 0 ? null : StrategyState.of(row.getBoolean("approved"), activations, id, latest, now),
                            active == null ? null : new Active(active.number(), active.activeFrom(), active.activeUntil()));
                })
                .list().stream()
                .filter(it -> StrategyScope.mayRead(actor, it.brand()))
                .toList();
    }

    Detail detail(Strategy strategy) {
        record Row(int number, String summary, int objectives, String createdBy, Instant createdAt, boolean approved) {}
        var now = clock.instant();
        var activations = strategies.listActivations();
        var rows = jdbc.sql("""
                        select v.number, coalesce(v.document->>'summary', '') as summary, jsonb_array_length(v.document->'objectives') as objectives,
                               v.created_by, v.created_at, a.number is not null as approved
                          from strategy_version v
                          left join strategy_approval a on a.strategy_id = v.strategy_id and a.number = v.number
                         where v.strategy_id = :id
                         order by v.number desc
                         limit :limit
                        """)
                .param("id", strategy.id())
                .param("limit", MOST_VERSIONS)
                .query((row, _) -> new Row(row.getInt("number"), row.getString("summary"), row.getInt("objectives"), row.getString("created_by"),
                        instant(row, "created_at"), row.getBoolean("approved")))
                .list();
        var names = people.names(rows.stream().map(Row::createdBy).toList());
        return new Detail(strategy.id(), strategy.name(), strategy.scope(), strategy.brand(), rows.stream().map(row -> {
            var own = activations.stream().filter(it -> it.strategyId().equals(strategy.id()) && it.number() == row.number())
                    .reduce((_, later) -> later);
            return new VersionRow(row.number(), StrategyState.of(row.approved(), activations, strategy.id(), row.number(), now), row.summary(),
                    row.objectives(), name(row.createdBy(), names), row.createdAt(),
                    own.map(Strategies.Activation::activeFrom).orElse(null), own.map(Strategies.Activation::activeUntil).orElse(null));
        }).toList());
    }

    VersionView version(Actor actor, Strategy strategy, StrategyVersion version) {
        var state = StrategyState.of(lifecycle.isApproved(version.strategyId(), version.number()), strategies.listActivations(),
                version.strategyId(), version.number(), clock.instant());
        boolean mayAct = actor.has(Role.STRATEGIST) && StrategyScope.refusal(actor, strategy.brand(), version.document()).isEmpty();
        return new VersionView(version.strategyId(), strategy.name(), version.number(), version.sha256(), version.document(), state,
                name(version.createdBy(), people.names(Set.of(version.createdBy()))), version.createdAt(), approval(version).orElse(null),
                new Permissions(
                        mayAct && state == StrategyState.DRAFT && !version.createdBy().equals(actor.id()),
                        mayAct && state == StrategyState.APPROVED,
                        mayAct && (state == StrategyState.ACTIVE || state == StrategyState.SCHEDULED)),
                activations(version));
    }

    /// P11-1, P11-7: the signature is held against the version as it is stored now.
    private Optional<ApprovalView> approval(StrategyVersion version) {
        var sha256Now = jdbc.sql("select document from strategy_version where strategy_id = :id and number = :number")
                .param("id", version.strategyId()).param("number", version.number())
                .query((row, _) -> CanonicalJson.sha256(Json.parse(row.getString("document")))).single();
        return jdbc.sql("select reason, signature_id, sha256 from strategy_approval where strategy_id = :id and number = :number")
                .param("id", version.strategyId()).param("number", version.number())
                .query((row, _) -> {
                    var signature = signatures.find(row.getString("signature_id")).orElseThrow();
                    return new ApprovalView(row.getString("reason"), new PersonName(signature.personId(), signature.printedName()),
                            signature.signedAt(), signature.meaning(), signature.id(), row.getString("sha256"), signatures.isValid(signature, sha256Now));
                })
                .optional();
    }

    private List<ActivationView> activations(StrategyVersion version) {
        record Row(Instant from, @Nullable Instant until, String reason, String by, Instant at, long sequence,
                @Nullable Instant endedAt, @Nullable String endedBy, @Nullable String endReason) {}
        var rows = jdbc.sql("""
                        select a.active_from, a.active_until, a.reason, a.activated_by, a.activated_at, a.sequence,
                               e.ended_at, e.ended_by, e.reason as end_reason
                          from strategy_activation a
                          left join strategy_ending e on e.activation_sequence = a.sequence
                         where a.strategy_id = :id and a.number = :number
                         order by a.sequence desc
                         limit 100
                        """)
                .param("id", version.strategyId())
                .param("number", version.number())
                .query((row, _) -> new Row(instant(row, "active_from"), instantOrNull(row, "active_until"), row.getString("reason"),
                        row.getString("activated_by"), instant(row, "activated_at"), row.getLong("sequence"),
                        instantOrNull(row, "ended_at"), row.getString("ended_by"), row.getString("end_reason")))
                .list();
        var ids = new HashSet<String>();
        rows.forEach(it -> {
            ids.add(it.by());
            if (it.endedBy() != null) {
                ids.add(it.endedBy());
            }
        });
        var names = people.names(ids);
        return rows.stream().map(it -> new ActivationView(it.from(), it.until(), it.reason(), name(it.by(), names), it.at(), it.sequence(),
                it.endedAt() == null || it.endedBy() == null || it.endReason() == null ? null
                        : new Early(it.endedAt(), name(it.endedBy(), names), it.endReason()))).toList();
    }

    static PersonName name(String id, Map<String, String> names) {
        return new PersonName(id, names.getOrDefault(id, id));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
