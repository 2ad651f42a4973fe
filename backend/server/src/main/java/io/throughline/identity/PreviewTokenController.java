package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.ShownOnce;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The preview tokens of channels, beside their keys.
@RestController
class PreviewTokenController {

    record TokenList(List<TokenView> tokens) {}

    record TokenView(
            String id,
            String channelId,
            String name,
            String prefix,
            List<String> markets,
            List<String> locales,
            List<String> kinds,
            String madeBy,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable String secret) {}

    record TokenRequest(String name, List<String> markets, List<String> locales, List<String> kinds, Instant expiresAt) {}

    record TokenEnd(String reason) {}

    private final PreviewTokens tokens;

    PreviewTokenController(PreviewTokens tokens) {
        this.tokens = tokens;
    }

    /// Everyone sees which there are, as with keys; nobody sees a secret.
    @GetMapping("/manage/v1/preview-tokens")
    @Allowed
    TokenList list() {
        return new TokenList(tokens.list().stream().map(token -> view(token, null)).toList());
    }

    @PostMapping("/manage/v1/channels/{id}/preview-tokens")
    @ShownOnce
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    TokenView issue(Actor actor, @PathVariable String id, @RequestBody TokenRequest body) {
        if (body.name().isBlank() || body.name().length() > 120) {
            throw Problem.INVALID_BODY.because("Give the token a name of 1 to 120 characters.");
        }
        if (body.markets().isEmpty() || body.locales().isEmpty() || body.kinds().isEmpty()) {
            throw Problem.INVALID_BODY.because("Name at least one market, one locale and one kind; an empty list would show nothing.");
        }
        var issued = tokens.issue(actor, id, new PreviewTokens.NewToken(body.name(), Set.copyOf(body.markets()), Set.copyOf(body.locales()),
                Set.copyOf(body.kinds()), body.expiresAt()));
        return view(issued.token(), issued.secret());
    }

    @PostMapping("/manage/v1/preview-tokens/{id}/revocation")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    TokenView revoke(Actor actor, @PathVariable String id, @RequestBody TokenEnd body) {
        return view(tokens.revoke(actor, id, body.reason()), null);
    }

    private static TokenView view(PreviewToken token, @Nullable String secret) {
        return new TokenView(token.id(), token.channelId(), token.name(), token.prefix(), sorted(token.markets()), sorted(token.locales()),
                sorted(token.kinds()), token.madeBy(), token.expiresAt(), token.revokedAt(), secret);
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }
}
