package io.throughline.webhooks;

import io.throughline.shared.BrandScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What each channel can read, and could: the sum of its keys. Nobody is told of what no key of the channel reads (S3).
@Repository
class ChannelScopes {

    /// What of a publication decides who may read it.
    ///
    /// @param channels notations of channel kinds that alone may serve it; empty: all
    record Shelf(String market, String locale, String kind, @Nullable String brand, Set<String> channels) {}

    /// A key while it had certain brands.
    private record Key(Set<String> markets, Set<String> locales, Set<String> kinds, BrandScope brands, Instant from, Instant until) {

        boolean reads(Shelf shelf) {
            return reads(markets, shelf.market()) && reads(locales, shelf.locale()) && reads(kinds, shelf.kind()) && brands.covers(shelf.brand());
        }

        private static boolean reads(Set<String> scope, String value) {
            return scope.contains("*") || scope.contains(value);
        }
    }

    private record Channel(String kind, List<Key> keys) {}

    /// All channels at one moment.
    static final class Snapshot {

        private final Map<String, Channel> channels;

        private Snapshot(Map<String, Channel> channels) {
            this.channels = channels;
        }

        Set<String> channelIds() {
            return channels.keySet();
        }

        /// Whether a key of the channel reads it at this instant.
        boolean reads(String channelId, Shelf shelf, Instant at) {
            return could(channelId, shelf, at, at.plusNanos(1));
        }

        /// Whether a key of the channel read it at any time from `from` (inclusive) to `until` (exclusive).
        boolean could(String channelId, Shelf shelf, Instant from, Instant until) {
            var channel = channels.get(channelId);
            return channel != null && (shelf.channels().isEmpty() || shelf.channels().contains(channel.kind()))
                    && channel.keys().stream().anyMatch(key -> key.reads(shelf) && key.from().isBefore(until) && from.isBefore(key.until()));
        }

        /// Whether a key of the channel reads the brand at this instant.
        ///
        /// @param brand null: the portfolio, which is everybody's
        boolean hasKeyFor(String channelId, @Nullable String brand, Instant at) {
            return Optional.ofNullable(channels.get(channelId)).stream().flatMap(it -> it.keys().stream())
                    .anyMatch(key -> !at.isBefore(key.from()) && at.isBefore(key.until()) && (brand == null || key.brands().covers(brand)));
        }
    }

    private final JdbcClient jdbc;

    ChannelScopes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A key counts from when it was issued to its end or revocation, with the brands that it had at each time; without any it counts for nothing.
    Snapshot read() {
        return of(jdbc.sql("select id from channel").query((row, _) -> row.getString("id")).list());
    }

    Snapshot of(Collection<String> channelIds) {
        var channels = new LinkedHashMap<String, Channel>();
        jdbc.sql("""
                        select c.id, c.kind, k.markets, k.locales, k.kinds, b.brands, b.since, b.until, k.expires_at, k.revoked_at
                          from channel c
                          left join api_key k on k.channel_id = c.id
                          left join (select key_id, brands, since, lead(since) over (partition by key_id order by number) as until
                                       from api_key_brands) b on b.key_id = k.id
                         where c.id = any(:ids)
                         order by c.id
                        """)
                .param("ids", channelIds.toArray(String[]::new))
                .query((row, _) -> {
                    var channel = channels.computeIfAbsent(row.getString("id"), _ -> new Channel(kind(row), new java.util.ArrayList<>()));
                    if (row.getObject("since") != null) {
                        channel.keys().add(key(row));
                    }
                    return channel;
                }).list();
        return new Snapshot(channels);
    }

    private static String kind(ResultSet row) {
        try {
            return row.getString("kind");
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Key key(ResultSet row) throws SQLException {
        var expires = instant(row, "expires_at");
        var revoked = row.getObject("revoked_at", OffsetDateTime.class);
        var until = revoked == null || revoked.toInstant().isAfter(expires) ? expires : revoked.toInstant();
        var changed = instantOrNull(row, "until");
        return new Key(texts(row, "markets"), texts(row, "locales"), texts(row, "kinds"), new BrandScope(texts(row, "brands")), instant(row, "since"),
                changed == null || changed.isAfter(until) ? until : changed);
    }

    static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
