package io.throughline.delivery.lists;

import io.throughline.delivery.edge.Answers;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.Conditions;
import io.throughline.delivery.edge.DeliveryWebConfiguration;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
class ListController {

    private final ItemLists lists;
    private final ListRequests requests;
    private final Clock clock;

    ListController(ItemLists lists, ListRequests requests, Clock clock) {
        this.lists = lists;
        this.requests = requests;
        this.clock = clock;
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
}
