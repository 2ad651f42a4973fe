package io.throughline.delivery;

import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
class DeliveredItemController {

    private final SingleItems items;
    private final ItemLists lists;
    private final ListRequests requests;
    private final DeliveryScope scope;
    private final Clock clock;

    DeliveredItemController(SingleItems items, ItemLists lists, ListRequests requests, DeliveryScope scope, Clock clock) {
        this.items = items;
        this.lists = lists;
        this.requests = requests;
        this.scope = scope;
        this.clock = clock;
    }

    @ForChannels
    @GetMapping("/v1/items/{idOrKey}")
    ResponseEntity<Body> get(
            ChannelClient client,
            @PathVariable String idOrKey,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String fallback,
            HttpServletRequest http) {
        if (idOrKey.length() > 100) {
            throw DeliveryScope.nothingHere();
        }
        var onlyMarket = market == null ? only("market", scope.markets(client)) : market;
        var onlyLocale = locale == null ? only("locale", scope.locales(client)) : locale;
        var hit = items.answer(new SingleItems.Request(idOrKey, onlyMarket, scope.localeChain(client, onlyMarket, onlyLocale, fallback),
                scope.kinds(client), Readable.by(client)));
        return Answers.of(hit.value(), hit.sequence(), Conditions.of(http), client, clock.instant(), true);
    }

    @ForChannels
    @GetMapping("/v1/items")
    ResponseEntity<Body> list(
            ChannelClient client,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String audience,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String need,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String indication,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String fallback,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String ids,
            @RequestParam(required = false) @Nullable String keys,
            @RequestParam(required = false) @Nullable String updatedSince,
            @RequestParam(defaultValue = "relevance") String sort,
            @RequestParam(required = false) @Nullable String facets,
            @RequestParam(required = false) @Nullable String fields,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Boolean count,
            @RequestHeader(name = DeliveryWebConfiguration.MIN_SEQUENCE, required = false) @Nullable String minSequence,
            HttpServletRequest http) {
        var hit = lists.answer(minSequence == null ? 0 : DeliveryWebConfiguration.sequence(minSequence), requests.check(client, new ListRequests.Query(q, type, audience, stage, need, topic, brand, indication, market,
                locale, fallback, kind, ids, keys, updatedSince, sort, facets, fields, limit, after, Boolean.TRUE.equals(count))));
        var page = hit.value();
        var answer = Answers.of(page, hit.sequence(), Conditions.of(http), client, clock.instant(), true);
        if (page.nextCursor() == null) {
            return answer;
        }
        var next = ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("after", page.nextCursor()).build().toUri();
        return ResponseEntity.status(answer.getStatusCode()).headers(answer.getHeaders())
                .header(HttpHeaders.LINK, "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"").body(answer.getBody());
    }

    private static String only(String parameter, List<String> readable) {
        if (readable.size() != 1) {
            throw DeliveryScope.invalid(parameter, "This key reads more than one " + parameter + "; say which one.");
        }
        return readable.getFirst();
    }
}
