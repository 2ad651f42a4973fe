package io.throughline.publication;

import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PublicationController {

    record NewPublication(@Nullable String locale, @Nullable String market, @Nullable String approvalId, @Nullable Instant effectiveFrom,
            @Nullable Instant effectiveUntil) {}

    record NewWithdrawal(@Nullable String locale, @Nullable String market, @Nullable String reason) {}

    record PersonName(String id, String displayName) {}

    record WithdrawalView(String id, String itemId, @Nullable String locale, @Nullable String market, String reason, Instant withdrawnAt,
            PersonName withdrawnBy, long sequence, List<String> publications) {}

    private static final int LONGEST_REASON = 2_000;

    private final PublicationDesk desk;
    private final People people;

    PublicationController(PublicationDesk desk, People people) {
        this.desk = desk;
        this.people = people;
    }

    @Allowed({Role.WRITER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.CHANNEL_MANAGER})
    @PostMapping("/manage/v1/items/{id}/publications")
    ResponseEntity<Publication> publish(Actor actor, @PathVariable String id, @RequestBody NewPublication body) {
        var locale = required("/locale", body.locale());
        var market = required("/market", body.market());
        return switch (desk.publish(actor, id, locale, market, body.approvalId(), body.effectiveFrom(), body.effectiveUntil())) {
            case PublishOutcome.Published(var publication) -> ResponseEntity.status(HttpStatus.CREATED).body(publication);
            case PublishOutcome.AlreadyPublished(var publication) -> ResponseEntity.ok(publication);
            case PublishOutcome.NotFound() -> throw nothingHere();
            case PublishOutcome.NotAllowed(var detail) -> throw Problem.FORBIDDEN.because(detail);
            case PublishOutcome.NotApproved(var detail) -> throw Problem.OUT_OF_SEQUENCE.because(detail);
            case PublishOutcome.OutsideApproval(var path, var detail) -> throw Problem.VALIDATION_FAILED.because(
                    "The window does not lie within the approval's.", List.of(new FieldError("outside-approval", path, detail)));
            case PublishOutcome.Blocked(var findings) -> throw Problem.VALIDATION_FAILED.because(
                    "The rules of " + market + " forbid to serve this version. Correct it and have it reviewed again.",
                    findings.stream().map(FieldError::of).toList());
        };
    }

    /// What a withdrawal would impact, so that whoever decides knows before (RV-6).
    @Allowed
    @GetMapping("/manage/v1/items/{id}/withdrawals/impact")
    ImpactPreview previewWithdrawal(Actor actor, @PathVariable String id, @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String market) {
        return desk.previewWithdrawal(actor, id, locale, market);
    }

    @Allowed({Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR})
    @PostMapping("/manage/v1/items/{id}/withdrawals")
    @ResponseStatus(HttpStatus.CREATED)
    WithdrawalView withdraw(Actor actor, @PathVariable String id, @RequestBody NewWithdrawal body) {
        var reason = required("/reason", body.reason());
        if (reason.length() > LONGEST_REASON) {
            throw Problem.INVALID_BODY.because("A reason has at most 2000 characters.", List.of(new FieldError("too-long", "/reason",
                    "At most 2000 characters.")));
        }
        return switch (desk.withdraw(actor, id, body.locale(), body.market(), reason)) {
            case WithdrawOutcome.Withdrawn(var it) -> new WithdrawalView(it.id(), it.itemId(), it.locale(), it.market(), it.reason(),
                    it.withdrawnAt(), new PersonName(it.withdrawnBy(), people.names(List.of(it.withdrawnBy())).getOrDefault(it.withdrawnBy(), "")),
                    it.sequence(), it.publications());
            case WithdrawOutcome.NotFound() -> throw nothingHere();
            case WithdrawOutcome.NotAllowed(var detail) -> throw Problem.FORBIDDEN.because(detail);
            case WithdrawOutcome.NothingPublished() -> throw Problem.CONFLICT.because("Nothing of it is published there; there is nothing to withdraw.");
            case WithdrawOutcome.ReasonMissing() -> throw missing("/reason");
        };
    }

    private static RuntimeException nothingHere() {
        return Problem.NOT_FOUND.because("There is no such item, market or approval that you work with.");
    }

    private static String required(String path, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw missing(path);
        }
        return value;
    }

    private static RuntimeException missing(String path) {
        return Problem.INVALID_BODY.because("Something is missing in the body.", List.of(new FieldError("required", path, "Fill this in.")));
    }
}
