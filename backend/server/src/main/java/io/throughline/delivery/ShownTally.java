package io.throughline.delivery;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Counts what channels say they have shown, beside what they were served ([DemandLedger]).
@Repository
public class ShownTally {

    /// @param itemVersion the version that was served
    public record Shown(String itemId, int itemVersion, String market) {}

    private static final Comparator<Shown> ORDER =
            Comparator.comparing(Shown::itemId).thenComparing(Shown::market).thenComparing(Shown::itemVersion);

    private final JdbcClient jdbc;

    ShownTally(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Adds one for each, in the caller's transaction: so an event counts exactly when it is kept.
    ///
    /// @param day of receipt, UTC
    public void add(String channelKey, LocalDate day, List<Shown> shown) {
        // in one order for everybody: two batches with the same items would lock each other out otherwise
        Map<Shown, Long> counts = new TreeMap<>(ORDER);
        shown.forEach(it -> counts.merge(it, 1L, Long::sum));
        if (counts.isEmpty()) {
            return;
        }
        var keys = counts.keySet();
        jdbc.sql("""
                        insert into shown_day (item_id, item_version, market, channel_key, day, shown)
                        select s.item_id, s.item_version, s.market, :channel, :day, s.shown
                          from unnest(:items::text[], :versions::int[], :markets::text[], :counts::bigint[]) with ordinality
                               as s (item_id, item_version, market, shown, place) order by s.place
                            on conflict (item_id, market, channel_key, item_version, day) do update set shown = shown_day.shown + excluded.shown
                        """)
                .param("channel", channelKey)
                .param("day", day)
                .param("items", keys.stream().map(Shown::itemId).toArray(String[]::new))
                .param("versions", keys.stream().map(Shown::itemVersion).toArray(Integer[]::new))
                .param("markets", keys.stream().map(Shown::market).toArray(String[]::new))
                .param("counts", counts.values().toArray(Long[]::new))
                .update();
    }
}
