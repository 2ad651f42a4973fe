package io.throughline.delivery.lists;

import io.throughline.catalogue.Readable;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.identity.ChannelClient;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks what a client asks of the list against its credential and the vocabularies.
@Component
public class ListRequests {

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 100;
    private static final int LONGEST_TEXT = 400;
    private static final Set<String> SORTS = Set.of("relevance", "-approvedAt", "title");
    private static final Set<String> FIELDS = Set.of("id", "key", "type", "kind", "market", "locale", "version", "title", "summary", "html",
            "markdown", "plainText", "claims", "references", "referenceOrder", "bibliography", "classification", "approval", "prescribingInformation", "safetyInformation",
            "adverseEventStatement", "contains", "parts");

    /// As it came.
    record Query(
            @Nullable String q,
            @Nullable String type,
            @Nullable String audience,
            @Nullable String stage,
            @Nullable String need,
            @Nullable String topic,
            @Nullable String brand,
            @Nullable String indication,
            @Nullable String market,
            @Nullable String locale,
            @Nullable String fallback,
            @Nullable String kind,
            @Nullable String ids,
            @Nullable String keys,
            @Nullable String updatedSince,
            String sort,
            @Nullable String facets,
            @Nullable String fields,
            @Nullable Integer limit,
            @Nullable String after,
            boolean count) {}

    private final DeliveryScope scope;

    ListRequests(DeliveryScope scope) {
        this.scope = scope;
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` with the parameter, or `not-found` for what the key may not read
    ItemLists.Request check(ChannelClient client, Query query) {
        if (query.q() != null && (query.q().isBlank() || query.q().length() > LONGEST_TEXT)) {
            throw DeliveryScope.invalid("q", "q has 1 to " + LONGEST_TEXT + " characters.");
        }
        if (!SORTS.contains(query.sort())) {
            throw DeliveryScope.invalid("sort", "sort is relevance, -approvedAt or title.");
        }
        boolean named = query.ids() != null || query.keys() != null;
        int limit = query.limit() == null && named ? LARGEST_LIMIT : limit(query.limit());
        var filters = new HashMap<String, Set<String>>();
        filters.put("market", readable("market", query.market(), client::mayReadMarket, scope.markets(client)));
        filters.put("locale", readable("locale", query.locale(), client::mayReadLocale, scope.locales(client)));
        var chain = chain(client, query, Objects.requireNonNull(filters.get("market")));
        if (!chain.isEmpty()) {
            filters.put("locale", Set.copyOf(chain));
        }
        put(filters, "itemId", new LinkedHashSet<>(DeliveryScope.list("ids", query.ids())));
        put(filters, "key", new LinkedHashSet<>(DeliveryScope.list("keys", query.keys())));
        filters.put("kind", readable("kind", query.kind(), client::mayReadKind, scope.kinds(client)));
        put(filters, "type", scope.types(query.type()));
        put(filters, "brand", DeliveryScope.brands(client, query.brand()));
        put(filters, "audience", scope.concepts("audience", "audiences", query.audience()));
        put(filters, "stage", scope.concepts("stage", "stages", query.stage()));
        put(filters, "need", scope.concepts("need", "needs", query.need()));
        put(filters, "topic", scope.concepts("topic", "topics", query.topic()));
        put(filters, "indication", scope.concepts("indication", "indications", query.indication()));
        return new ItemLists.Request(client.keyId(), query.q(), filters, chain, Readable.by(client), instant(query.updatedSince()), query.sort(),
                known("facets", query.facets(), ItemLists.FACETS), known("fields", query.fields(), FIELDS), limit, query.after(), query.count());
    }

    /// The asked locale with what stands in for it, as for single items; empty when more than one market or locale is asked for, and then
    /// each item is listed in each of them.
    private List<String> chain(ChannelClient client, Query query, Set<String> markets) {
        var asked = DeliveryScope.list("locale", query.locale());
        if (markets.size() == 1 && asked.size() == 1) {
            return scope.localeChain(client, markets.iterator().next(), asked.getFirst(), query.fallback());
        }
        DeliveryScope.requireFallback(query.fallback());
        return List.of();
    }

    private static void put(HashMap<String, Set<String>> filters, String field, Set<String> values) {
        if (!values.isEmpty()) {
            filters.put(field, values);
        }
    }

    public static int limit(@Nullable Integer asked) {
        int limit = asked == null ? DEFAULT_LIMIT : asked;
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw DeliveryScope.invalid("limit", "limit is a number from 1 to " + LARGEST_LIMIT + ".");
        }
        return limit;
    }

    /// Asking for what the key may not read is asking for what is not there.
    public static Set<String> readable(String parameter, @Nullable String value, Predicate<String> mayRead, List<String> all) {
        var asked = DeliveryScope.list(parameter, value);
        switch (parameter) {
            case "market" -> asked.forEach(DeliveryScope::requireMarket);
            case "locale" -> asked.forEach(DeliveryScope::requireLocale);
            default -> { }
        }
        if (asked.stream().anyMatch(one -> !mayRead.test(one) || !all.contains(one))) {
            throw DeliveryScope.nothingHere();
        }
        return asked.isEmpty() ? Set.copyOf(all) : Set.copyOf(asked);
    }

    private static Set<String> known(String parameter, @Nullable String value, Set<String> allowed) {
        var asked = new LinkedHashSet<>(DeliveryScope.list(parameter, value));
        if (!allowed.containsAll(asked)) {
            throw DeliveryScope.invalid(parameter, "'" + parameter + "' may name " + String.join(", ", allowed.stream().sorted().toList()) + ".");
        }
        return asked;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw DeliveryScope.invalid("updatedSince", "'updatedSince' is an instant such as 2026-11-21T09:40:00Z.");
        }
    }
}
