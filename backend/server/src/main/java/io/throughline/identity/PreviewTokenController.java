package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PreviewTokenController {

    record TokenRequest(int hours, String purpose) {}

    record TokenView(String id, String secret, Instant expiresAt) {}

    record TokenEnd(String reason) {}

    private final PreviewTokens tokens;

    PreviewTokenController(PreviewTokens tokens) {
        this.tokens = tokens;
    }

    /// Whoever is signed in: the token sees no more than they do.
    @PostMapping("/manage/v1/preview-tokens")
    @Allowed
    @ResponseStatus(HttpStatus.CREATED)
    TokenView issue(Actor actor, @RequestBody TokenRequest body) {
        var issued = tokens.issue(actor, body.hours(), body.purpose());
        return new TokenView(issued.id(), issued.secret(), issued.expiresAt());
    }

    @PostMapping("/manage/v1/preview-tokens/{id}/revocation")
    @Allowed
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Actor actor, @PathVariable String id, @RequestBody TokenEnd body) {
        tokens.revoke(actor, id, body.reason());
    }
}
