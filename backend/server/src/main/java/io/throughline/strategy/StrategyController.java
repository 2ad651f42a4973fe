package io.throughline.strategy;

import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.strategy.StrategyDesk.Outcome;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/manage/v1/strategies")
class StrategyController {

    private static final int LONGEST_PASSWORD = 1_000;

    record NewStrategy(String name, @Nullable String brand) {}

    record NewVersion(StrategyDocument document) {}

    record NewActivation(@Nullable Instant from, @Nullable Instant until, String reason) {}

    record Signature(@Nullable String userId, String password) {
        @Override
        public String toString() {
            return "Signature[…]";
        }
    }

    record NewApproval(String reason, String sha256, Signature signature) {}

    record Ending(String reason) {}

    record StrategyList(List<StrategyViews.StrategyRow> strategies) {}

    private final StrategyDesk desk;
    private final StrategyLifecycle lifecycle;
    private final StrategyViews views;
    private final StrategyWords words;

    StrategyController(StrategyDesk desk, StrategyLifecycle lifecycle, StrategyViews views, StrategyWords words) {
        this.desk = desk;
        this.lifecycle = lifecycle;
        this.views = views;
        this.words = words;
    }

    @Allowed
    @GetMapping
    StrategyList list(Actor actor) {
        return new StrategyList(views.rows(actor));
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping
    ResponseEntity<StrategyViews.StrategyRow> state(Actor actor, @RequestBody NewStrategy request) {
        return switch (desk.state(actor, request.name(), request.brand())) {
            case Outcome.Stated(var strategy) ->
                ResponseEntity.created(URI.create("/manage/v1/strategies/" + strategy.id()))
                        .body(new StrategyViews.StrategyRow(strategy.id(), strategy.name(), strategy.scope(), strategy.brand(), 0, null, null));
            case Outcome other -> throw refusal(other);
        };
    }

    @Allowed
    @GetMapping("/{id}")
    StrategyViews.Detail strategy(Actor actor, @PathVariable String id) {
        return views.detail(desk.find(actor, id).orElseThrow(StrategyController::notFound));
    }

    /// What changed from one version to another, in plain words.
    @Allowed
    @GetMapping("/{id}/comparison")
    StrategyComparison compare(Actor actor, @PathVariable String id, @RequestParam int from, @RequestParam int to) {
        var strategy = desk.find(actor, id).orElseThrow(StrategyController::notFound);
        return StrategyComparison.of(desk.findVersion(strategy.id(), from).orElseThrow(StrategyController::notFound),
                desk.findVersion(strategy.id(), to).orElseThrow(StrategyController::notFound), words);
    }

    @Allowed
    @GetMapping("/{id}/versions/{number}")
    StrategyViews.VersionView version(Actor actor, @PathVariable String id, @PathVariable int number) {
        var strategy = desk.find(actor, id).orElseThrow(StrategyController::notFound);
        return views.version(actor, strategy, desk.findVersion(id, number).orElseThrow(StrategyController::notFound));
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/versions")
    ResponseEntity<StrategyViews.VersionView> store(Actor actor, @PathVariable String id, @RequestBody NewVersion request) {
        return switch (desk.store(actor, id, request.document())) {
            case Outcome.Stored(var version) -> ResponseEntity.created(URI.create("/manage/v1/strategies/" + id + "/versions/" + version.number()))
                    .body(version(actor, id, version.number()));
            case Outcome other -> throw refusal(other);
        };
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/versions/{number}/approval")
    ResponseEntity<StrategyViews.VersionView> approve(Actor actor, @PathVariable String id, @PathVariable int number,
            @RequestBody NewApproval request, SigningSession session) {
        if (request.signature().password().length() > LONGEST_PASSWORD) {
            throw Problem.VALIDATION_FAILED.because("The password is too long.", List.of(new FieldError("too-long", "/signature/password", "is too long")));
        }
        return created(actor, id, number, lifecycle.approve(actor, id, number, request.sha256(), request.reason(),
                new SigningCredentials(request.signature().userId(), request.signature().password()), session));
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/versions/{number}/activation")
    ResponseEntity<StrategyViews.VersionView> activate(Actor actor, @PathVariable String id, @PathVariable int number,
            @RequestBody NewActivation request) {
        return created(actor, id, number, lifecycle.activate(actor, id, number, request.from(), request.until(), request.reason()));
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/versions/{number}/ending")
    ResponseEntity<StrategyViews.VersionView> end(Actor actor, @PathVariable String id, @PathVariable int number, @RequestBody Ending request) {
        return created(actor, id, number, lifecycle.end(actor, id, number, request.reason()));
    }

    private ResponseEntity<StrategyViews.VersionView> created(Actor actor, String id, int number, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Approved _, Outcome.Activated _, Outcome.Ended _ -> ResponseEntity.status(201).body(version(actor, id, number));
            case Outcome other -> throw refusal(other);
        };
    }

    private static RuntimeException refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotFound() -> notFound();
            case Outcome.OutOfSequence(var detail) -> Problem.OUT_OF_SEQUENCE.because(detail);
            case Outcome.AuthorMayNotApprove(var detail) -> Problem.AUTHOR_MAY_NOT_APPROVE.because(detail);
            case Outcome.NotAllowed(var detail) -> Problem.FORBIDDEN.because(detail);
            case Outcome.SignatureRefused(var detail) -> Problem.SIGNATURE_REFUSED.because(detail);
            case Outcome.Invalid(var findings) -> {
                boolean unmeasured = findings.stream().anyMatch(it -> it.code().equals("measurement-plan-missing"));
                yield (unmeasured ? Problem.MEASUREMENT_PLAN_MISSING : Problem.VALIDATION_FAILED)
                        .because(findings.getFirst().message(), findings.stream().map(FieldError::of).toList());
            }
            case Outcome.Stated _, Outcome.Stored _, Outcome.Approved _, Outcome.Activated _, Outcome.Ended _ ->
                new IllegalStateException("not a refusal: " + outcome);
        };
    }

    private static RuntimeException notFound() {
        return Problem.NOT_FOUND.because("There is no such strategy or version, or it is not yours to read. Look it up in the list of strategies.");
    }
}
