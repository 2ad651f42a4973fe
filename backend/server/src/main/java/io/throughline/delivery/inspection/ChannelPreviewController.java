package io.throughline.delivery.inspection;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.delivery.edge.Answers;
import io.throughline.delivery.sets.ContentSetController;
import io.throughline.delivery.sets.ContentSets;
import io.throughline.delivery.sets.SetRequests;
import io.throughline.identity.ApiClients;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.BrandScope;
import io.throughline.shared.FieldError;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A content set as a channel gets it, for people: with its reasons and what was left out.
@RestController
class ChannelPreviewController {

    private static final int DEFAULT_LIMIT = 20;

    record RequestView(String path, String curl) {}

    record HeadersView(@Nullable String etag, @Nullable Long contentSequence, @Nullable String cacheControl) {}

    record ProblemView(String type, String title, int status, String detail, String code, List<FieldError> errors, String traceId) {}

    record Preview(RequestView request, int status, @Nullable JsonNode set, @Nullable ProblemView problem, HeadersView headers, JsonNode excluded,
            int excludedOmitted, JsonNode scoreParts, double tookMs) {}

    private final ContentSets sets;
    private final SetRequests requests;
    private final CatalogueClock catalogueClock;
    private final ApiClients clients;
    private final Clock clock;

    ChannelPreviewController(ContentSets sets, SetRequests requests, CatalogueClock catalogueClock, ApiClients clients, Clock clock) {
        this.sets = sets;
        this.requests = requests;
        this.catalogueClock = catalogueClock;
        this.clients = clients;
        this.clock = clock;
    }

    @Allowed
    @GetMapping("/manage/v1/channels/{id}/content-set")
    Preview preview(
            Actor actor,
            @PathVariable String id,
            @RequestParam @Nullable String audience,
            @RequestParam @Nullable String stage,
            @RequestParam @Nullable String need,
            @RequestParam @Nullable String market,
            @RequestParam @Nullable String locale,
            @RequestParam @Nullable String brand,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String seen,
            @RequestParam @Nullable String seenBy,
            @RequestParam @Nullable String at) {
        var channel = clients.findChannelById(id).or(() -> clients.findChannel(id))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such channel."));
        // what the person may see bounds what they see through the channel
        var client = new ChannelClient("preview", channel.id(), channel.key(), channel.kind(), actor.markets(), Set.of("*"), Set.of("*"), BrandScope.of(actor), true, true,
                channel.purgesByKey());
        var query = new SetRequests.Query(audience, stage, need, market, locale, null, brand, limit == null ? DEFAULT_LIMIT : limit, seen, seenBy,
                ContentSetController.instant(at), true);
        long started = System.nanoTime();
        var request = request(query);
        try {
            catalogueClock.requireFresh();
            var now = clock.instant();
            var explained = sets.answer(requests.check(client, query, now));
            var asked = requests.check(client, withoutExplanation(query), now);
            var plain = sets.answer(asked);
            // the set is what a channel gets, byte for byte, so that it fits its ETag; only the account of what was left out is added
            var set = (ObjectNode) Json.mapper().readTree(plain.value().body().joined());
            var account = Json.mapper().readTree(explained.value().body().joined());
            return new Preview(request, 200, set, null, new HeadersView(plain.value().etag(), plain.sequence(),
                    Answers.cacheControl(asked.isCacheable())), account.path("excluded"),
                    account.path("excludedOmitted").asInt(0), scoreParts(account), millisSince(started));
        } catch (ProblemException refused) {
            var problem = refused.problem();
            return new Preview(request, problem.status().value(), null, new ProblemView("/problems/" + problem.code(), problem.title(),
                    problem.status().value(), refused.detail(), problem.code(), refused.errors(), ""), new HeadersView(null, null, null),
                    Json.mapper().createArrayNode(), 0, Json.object(), millisSince(started));
        }
    }

    /// By item id; an item stands in one slot only.
    private static ObjectNode scoreParts(JsonNode account) {
        var parts = Json.object();
        account.path("slots").forEach(slot -> slot.path("items").forEach(item -> {
            if (item.has("scoreParts")) {
                parts.set(item.path("id").asString(""), item.path("scoreParts"));
            }
        }));
        return parts;
    }

    private static SetRequests.Query withoutExplanation(SetRequests.Query query) {
        return new SetRequests.Query(query.audience(), query.stage(), query.need(), query.market(), query.locale(), query.fallback(), query.brand(),
                query.limit(), query.seen(), query.seenBy(), query.at(), false);
    }

    private static RequestView request(SetRequests.Query query) {
        var parameters = new ArrayList<String>();
        add(parameters, "audience", query.audience());
        add(parameters, "stage", query.stage());
        add(parameters, "need", query.need());
        add(parameters, "market", query.market());
        add(parameters, "locale", query.locale());
        add(parameters, "brand", query.brand());
        add(parameters, "seen", query.seen());
        add(parameters, "seenBy", query.seenBy());
        add(parameters, "at", query.at() == null ? null : query.at().toString());
        add(parameters, "limit", query.limit() == DEFAULT_LIMIT ? null : Integer.toString(query.limit()));
        var path = "/v1/content-sets?" + String.join("&", parameters);
        // the path is percent-encoded: no quote of the request can end the shell's
        return new RequestView(path, "curl -H \"Authorization: Bearer $THROUGHLINE_KEY\" \"$THROUGHLINE_URL\"'" + path.replace("'", "%27") + "'");
    }

    private static void add(List<String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8).replace("%2C", ","));
        }
    }

    private static double millisSince(long started) {
        return Math.round((System.nanoTime() - started) / 10_000.0) / 100.0;
    }
}
