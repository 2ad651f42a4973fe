package io.throughline.delivery.sets;

import io.throughline.delivery.edge.Answers;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.Conditions;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ContentSetController {

    private static final int DEFAULT_LIMIT = 20;

    private final CountedSets sets;
    private final SetRequests requests;
    private final Clock clock;

    ContentSetController(CountedSets sets, SetRequests requests, Clock clock) {
        this.sets = sets;
        this.requests = requests;
        this.clock = clock;
    }

    @ForChannels
    @GetMapping("/v1/content-sets")
    ResponseEntity<Body> get(
            ChannelClient client,
            @RequestParam(required = false) @Nullable String audience,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String need,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String fallback,
            @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable String seenBy,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable Boolean explain,
            HttpServletRequest http) {
        var now = clock.instant();
        var request = requests.check(client, new SetRequests.Query(audience, stage, need, market, locale, fallback, brand,
                limit == null ? DEFAULT_LIMIT : limit, seen, seenBy, instant(at), Boolean.TRUE.equals(explain)), now);
        var hit = sets.answer(request);
        return Answers.of(hit.value(), hit.sequence(), Conditions.of(http), client, now, request.isCacheable());
    }

    public static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw DeliveryScope.invalid("at", "'at' is an instant such as 2026-11-21T09:40:00Z.");
        }
    }
}
