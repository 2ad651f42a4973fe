package io.throughline.strategy;

import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/manage/v1/strategies")
class StrategyController {

    record NewStrategy(String name, @Nullable String brand) {}

    record NewVersion(StrategyDocument document) {}

    record NewActivation(@Nullable Instant from, @Nullable Instant until, String reason) {}

    record Active(int number, Instant from, @Nullable Instant until) {}

    record StrategyRow(String id, String name, String scope, @Nullable String brand, int latest, @Nullable Active active) {}

    record StrategyList(List<StrategyRow> strategies) {}

    record PersonName(String id, String displayName) {}

    record ActivationView(Instant from, @Nullable Instant until, String reason, PersonName activatedBy, Instant activatedAt, long sequence) {}

    record VersionView(String strategyId, String name, int number, String sha256, StrategyDocument document, PersonName createdBy,
            Instant createdAt, List<ActivationView> activations) {}

    private final StrategyDesk desk;
    private final People people;
    private final JdbcClient jdbc;

    StrategyController(StrategyDesk desk, People people, JdbcClient jdbc) {
        this.desk = desk;
        this.people = people;
        this.jdbc = jdbc;
    }

    @Allowed
    @GetMapping
    StrategyList list(Actor actor) {
        return new StrategyList(jdbc.sql("""
                        select s.id, s.name, s.scope, s.brand,
                               coalesce((select max(number) from strategy_version v where v.strategy_id = s.id), 0) as latest,
                               a.number as active_number, a.active_from, a.active_until
                          from strategy s
                          left join lateral (
                               select number, active_from, active_until
                                 from strategy_activation
                                where strategy_id = s.id and active_from <= now() and (active_until is null or active_until > now())
                                order by sequence desc
                                limit 1) a on true
                         order by s.scope desc, s.name
                         limit 500
                        """)
                .query((row, _) -> new StrategyRow(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("scope"),
                        row.getString("brand"),
                        row.getInt("latest"),
                        row.getObject("active_number") == null ? null : new Active(row.getInt("active_number"),
                                row.getObject("active_from", OffsetDateTime.class).toInstant(),
                                instant(row.getObject("active_until", OffsetDateTime.class)))))
                .list().stream()
                .filter(it -> actor.mayUseBrand(it.brand()))
                .toList());
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping
    ResponseEntity<StrategyRow> state(Actor actor, @RequestBody NewStrategy request) {
        return switch (desk.state(actor, request.name(), request.brand())) {
            case StrategyDesk.Outcome.Stated(var strategy) ->
                ResponseEntity.created(URI.create("/manage/v1/strategies/" + strategy.id()))
                        .body(new StrategyRow(strategy.id(), strategy.name(), strategy.scope(), strategy.brand(), 0, null));
            case StrategyDesk.Outcome other -> throw refusal(other);
        };
    }

    @Allowed
    @GetMapping("/{id}/versions/{number}")
    VersionView version(Actor actor, @PathVariable String id, @PathVariable int number) {
        var strategy = desk.find(actor, id).orElseThrow(StrategyController::notFound);
        return view(strategy.name(), desk.findVersion(id, number).orElseThrow(StrategyController::notFound));
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/versions")
    ResponseEntity<VersionView> store(Actor actor, @PathVariable String id, @RequestBody NewVersion request) {
        return switch (desk.store(actor, id, request.document())) {
            case StrategyDesk.Outcome.Stored(var version) -> {
                var location = URI.create("/manage/v1/strategies/" + id + "/versions/" + version.number());
                yield ResponseEntity.created(location).body(view(desk.find(actor, id).orElseThrow(StrategyController::notFound).name(), version));
            }
            case StrategyDesk.Outcome other -> throw refusal(other);
        };
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/versions/{number}/activation")
    ResponseEntity<VersionView> activate(Actor actor, @PathVariable String id, @PathVariable int number,
            @RequestBody NewActivation request) {
        return switch (desk.activate(actor, id, number, request.from(), request.until(), request.reason())) {
            case StrategyDesk.Outcome.Activated _ -> ResponseEntity.status(201).body(version(actor, id, number));
            case StrategyDesk.Outcome other -> throw refusal(other);
        };
    }

    private VersionView view(String name, StrategyDesk.StrategyVersion version) {
        var activations = jdbc.sql("""
                        select a.active_from, a.active_until, a.reason, p.id as person_id, p.display_name, a.activated_at, a.sequence
                          from strategy_activation a
                          join person p on p.id = a.activated_by
                         where a.strategy_id = :id and a.number = :number
                         order by a.sequence desc
                         limit 100
                        """)
                .param("id", version.strategyId())
                .param("number", version.number())
                .query((row, _) -> new ActivationView(
                        row.getObject("active_from", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("active_until", OffsetDateTime.class)),
                        row.getString("reason"),
                        new PersonName(row.getString("person_id"), row.getString("display_name")),
                        row.getObject("activated_at", OffsetDateTime.class).toInstant(),
                        row.getLong("sequence")))
                .list();
        return new VersionView(version.strategyId(), name, version.number(), version.sha256(), version.document(),
                new PersonName(version.createdBy(), people.names(List.of(version.createdBy())).getOrDefault(version.createdBy(), version.createdBy())),
                version.createdAt(), activations);
    }

    private static RuntimeException refusal(StrategyDesk.Outcome outcome) {
        return switch (outcome) {
            case StrategyDesk.Outcome.NotFound() -> notFound();
            case StrategyDesk.Outcome.Invalid(var findings) -> {
                boolean unmeasured = findings.stream().anyMatch(it -> it.code().equals("measurement-plan-missing"));
                yield (unmeasured ? Problem.MEASUREMENT_PLAN_MISSING : Problem.VALIDATION_FAILED)
                        .because(findings.getFirst().message(), findings.stream().map(FieldError::of).toList());
            }
            case StrategyDesk.Outcome.Stated _, StrategyDesk.Outcome.Stored _, StrategyDesk.Outcome.Activated _ ->
                new IllegalStateException("not a refusal: " + outcome);
        };
    }

    private static RuntimeException notFound() {
        return Problem.NOT_FOUND.because("There is no such strategy or version, or it is not yours to read. Look it up in the list of strategies.");
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant).orElse(null);
    }
}
