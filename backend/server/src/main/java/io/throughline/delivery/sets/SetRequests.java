package io.throughline.delivery.sets;

import io.throughline.delivery.ReaderKey;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.Ids;
import io.throughline.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks what a client asks for against its credential and the vocabularies.
@Component
public class SetRequests {

    /// As it came; nothing is checked yet.
    public record Query(
            @Nullable String audience,
            @Nullable String stage,
            @Nullable String need,
            @Nullable String market,
            @Nullable String locale,
            @Nullable String fallback,
            @Nullable String brand,
            int limit,
            @Nullable String seen,
            @Nullable String seenBy,
            @Nullable Instant at,
            boolean explain) {}

    private final DeliveryScope scope;
    private final Taxonomy taxonomy;

    SetRequests(DeliveryScope scope, Taxonomy taxonomy) {
        this.scope = scope;
        this.taxonomy = taxonomy;
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` with the parameter, or `not-found` for what the key may not read
    public SetRequest check(ChannelClient client, Query query, Instant now) {
        var audience = required("audience", query.audience());
        var market = required("market", query.market());
        var locale = required("locale", query.locale());
        scope.requireConcept("audience", "audiences", audience);
        scope.requireConcept("stage", "stages", query.stage());
        scope.requireConcept("need", "needs", query.need());
        requireStageOf(audience, query.stage());
        if (query.limit() < 1 || query.limit() > SetRequest.LARGEST_LIMIT) {
            throw DeliveryScope.invalid("limit", "limit is a number from 1 to " + SetRequest.LARGEST_LIMIT + ".");
        }
        if (query.explain() && !client.mayExplain()) {
            throw DeliveryScope.invalid("explain", "This key may not ask for explanations.");
        }
        if (query.at() != null && !client.mayTimeTravel()) {
            throw DeliveryScope.invalid("at", "This key may not ask for the past.");
        }
        if (query.at() != null && query.at().isBefore(Instant.EPOCH)) {
            throw DeliveryScope.invalid("at", "'at' lies after 1970.");
        }
        if (query.at() != null && query.at().isAfter(now)) {
            throw DeliveryScope.invalid("at", "'at' lies in the past or is now.");
        }
        var seen = DeliveryScope.list("seen", query.seen(), SetRequest.MOST_SEEN);
        if (seen.stream().anyMatch(id -> !Ids.isValid("itm", id))) {
            throw DeliveryScope.invalid("seen", "'seen' lists item ids (itm_…) with commas between them.");
        }
        return new SetRequest(client.channelKey(), client.channelKind(), scope.kinds(client), audience, query.stage(), query.need(), market,
                scope.localeChain(client, market, locale, query.fallback()), List.copyOf(DeliveryScope.brands(client, query.brand())), client.brands(), query.limit(), seen,
                reader(query),
                query.explain(), query.explain() ? scope.markets(client) : List.of(), query.at());
    }

    private static @Nullable ReaderKey reader(Query query) {
        if (query.seenBy() == null) {
            return null;
        }
        if (query.seen() != null) {
            throw DeliveryScope.invalid("seenBy", "Give 'seen' or 'seenBy', not both.");
        }
        ReaderKey.whyNot(query.seenBy()).ifPresent(reason -> {
            throw DeliveryScope.invalid("seenBy", reason);
        });
        return new ReaderKey(query.seenBy());
    }

    /// Each audience has its own journey; a stage of another one would only ever find nothing.
    private void requireStageOf(String audience, @Nullable String stage) {
        if (stage == null) {
            return;
        }
        var journeyOf = taxonomy.find("stages", stage).orElseThrow().audience();
        if (!journeyOf.isEmpty() && taxonomy.broaderOrSame("audiences", audience).stream().noneMatch(journeyOf::contains)) {
            throw DeliveryScope.invalid("stage", "'" + stage + "' belongs to the journey of " + String.join(", ", journeyOf) + ", not of " + audience + ".");
        }
    }

    private static String required(String parameter, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw DeliveryScope.invalid(parameter, "'" + parameter + "' is required.");
        }
        return value;
    }
}
