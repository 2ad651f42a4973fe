package io.throughline.publication;

import io.throughline.content.BoundPart;
import io.throughline.content.EffectiveVersions;
import io.throughline.content.Rendition;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Whether channels get what a rendition holds in exactly the words that were certified with it.
@Component
class BoundParts implements EffectiveVersions {

    private final JdbcClient jdbc;
    private final Clock clock;

    BoundParts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// What keeps the rendition from being published; empty when every part that is bound by words is effective there in the bound version.
    List<Finding> check(Rendition rendition) {
        var bound = rendition.parts().stream().filter(BoundPart::byWords).toList();
        if (bound.isEmpty()) {
            return List.of();
        }
        var ids = bound.stream().map(BoundPart::itemId).distinct().toList();
        var effective = find(ids, rendition.locale(), rendition.market());
        var missing = bound.stream().filter(it -> !Objects.equals(it.version(), effective.get(it.itemId()))).toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        var keys = keys(missing.stream().map(BoundPart::itemId).toList());
        var findings = new ArrayList<Finding>();
        missing.forEach(it -> findings.add(finding(it, keys.getOrDefault(it.itemId(), it.itemId()), effective, rendition)));
        return List.copyOf(findings);
    }

    private static Finding finding(BoundPart part, String key, Map<String, Integer> effective, Rendition rendition) {
        var other = effective.get(part.itemId());
        var there = "in %s for %s".formatted(rendition.locale(), rendition.market());
        var message = other == null
                ? "Version %d of %s was certified with this text and is not effective %s. Publish it there first, or submit this text again without it."
                        .formatted(part.version(), key, there)
                : "This text was certified with version %d of %s, and version %d is effective %s. Submit this text again, so that it is reviewed with those words."
                        .formatted(part.version(), key, other, there);
        return new Finding("part-not-effective", Severity.BLOCK, path(part.relation()), message, "UK-1");
    }

    private static String path(String relation) {
        return switch (relation) {
            case "claim" -> "/claims";
            case "safety-information" -> "/safetyInformation";
            case "prescribing-information" -> "/prescribingInformation";
            case "step" -> "/steps";
            case String other -> "/" + other;
        };
    }

    @Override
    public Map<String, Integer> find(Collection<String> itemIds, String locale, String market) {
        var found = new HashMap<String, Integer>();
        jdbc.sql("""
                        select item_id, version_number from publication
                         where item_id = any(:ids) and locale = :locale and market = :market and ended_sequence is null
                           and effective_from <= :now and effective_until > :now
                        """)
                .param("ids", itemIds.toArray(String[]::new)).param("locale", locale).param("market", market)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    found.put(row.getString("item_id"), row.getInt("version_number"));
                });
        return found;
    }

    @Override
    public Optional<Integer> findAt(String itemId, List<String> locales, String market, Instant at) {
        return jdbc.sql("""
                        select version_number from publication
                         where item_id = :item and locale = any(:locales) and market = :market
                           and published_at <= :at and (ended_at is null or ended_at > :at)
                           and effective_from <= :at and effective_until > :at
                         order by array_position(:locales, locale), started_sequence desc limit 1
                        """)
                .param("item", itemId).param("locales", locales.toArray(String[]::new)).param("market", market)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Integer.class).optional();
    }

    private Map<String, String> keys(List<String> itemIds) {
        var keys = new HashMap<String, String>();
        jdbc.sql("select id, key from content_item where id = any(:ids)").param("ids", itemIds.toArray(String[]::new))
                .query(row -> {
                    keys.put(row.getString("id"), row.getString("key"));
                });
        return keys;
    }
}
