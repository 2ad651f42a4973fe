package io.throughline.engagement;

import io.throughline.delivery.EngagementHistory;
import io.throughline.delivery.ReaderKey;
import io.throughline.delivery.ShownTally;
import io.throughline.shared.Json;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// The events as they were received, and what they say of a reader.
@Repository
class EngagementEvents implements EngagementHistory {

    private static final int MOST_SEEN = 500;
    private static final Duration MEMORY = Duration.ofDays(365);

    record Key(String source, String id) {}

    private final JdbcClient jdbc;
    private final ShownTally shown;

    EngagementEvents(JdbcClient jdbc, ShownTally shown) {
        this.jdbc = jdbc;
        this.shown = shown;
    }

    /// Keeps those that are new; of the same key only the first.
    ///
    /// @return the keys that are new
    @Transactional
    public Set<Key> append(String channelKey, List<EngagementEvent> events, Instant receivedAt) {
        var byKey = new LinkedHashMap<Key, EngagementEvent>();
        events.forEach(event -> byKey.putIfAbsent(new Key(event.source(), event.id()), event));
        // in one order for everybody: two batches with the same keys would lock each other out otherwise
        var keys = byKey.keySet().stream().sorted(Comparator.comparing(Key::source).thenComparing(Key::id)).toList();
        var fresh = new HashSet<>(jdbc.sql("""
                        insert into engagement_event_key (channel_key, source, id, received_at)
                        select :channel, k.source, k.id, :at
                          from unnest(:sources::text[], :ids::text[]) with ordinality as k (source, id, place) order by k.place
                            on conflict do nothing
                        returning source, id
                        """)
                .param("channel", channelKey)
                .param("at", utc(receivedAt))
                .param("sources", texts(keys, Key::source))
                .param("ids", texts(keys, Key::id))
                .query((row, _) -> new Key(row.getString("source"), row.getString("id"))).list());
        var kept = keys.stream().filter(fresh::contains).map(byKey::get).toList();
        if (!kept.isEmpty()) {
            insert(channelKey, kept, receivedAt);
            shown.add(channelKey, LocalDate.ofInstant(receivedAt, ZoneOffset.UTC), kept.stream().flatMap(event -> shownBy(event).stream()).toList());
        }
        return fresh;
    }

    private static Optional<ShownTally.Shown> shownBy(EngagementEvent event) {
        return event.type() != EventType.SHOWN || event.item() == null || event.served() == null ? Optional.empty()
                : Optional.of(new ShownTally.Shown(event.item().id(), event.item().version(), event.served().receipt().market()));
    }

    private void insert(String channelKey, List<EngagementEvent> events, Instant receivedAt) {
        jdbc.sql("""
                        insert into engagement_event (channel_key, source, id, type, subject, occurred_at, received_at, receipt_sha256, market, locale, kind,
                               strategy_id, strategy_version, objectives, slot, item_id, item_version, contact, data)
                        select :channel, e.source, e.id, e.type, e.subject, e.occurred_at, :at, e.receipt, e.market, e.locale, e.kind,
                               e.strategy, e.strategy_version, string_to_array(e.objectives, ','), e.slot, e.item, e.item_version, e.contact, e.data::jsonb
                          from unnest(:sources::text[], :ids::text[], :types::text[], :subjects::text[], :times::timestamptz[], :receipts::text[],
                                      :markets::text[], :locales::text[], :kinds::text[], :strategies::text[], :versions::int[], :objectives::text[],
                                      :slots::text[], :items::text[], :itemVersions::int[], :contacts::text[], :data::text[])
                               as e (source, id, type, subject, occurred_at, receipt, market, locale, kind, strategy, strategy_version, objectives,
                                     slot, item, item_version, contact, data)
                        """)
                .param("channel", channelKey)
                .param("at", utc(receivedAt))
                .param("sources", texts(events, EngagementEvent::source))
                .param("ids", texts(events, EngagementEvent::id))
                .param("types", texts(events, event -> event.type().text()))
                .param("subjects", texts(events, event -> event.subject().value()))
                .param("times", events.stream().map(event -> Timestamp.from(event.occurredAt())).toArray(Timestamp[]::new))
                .param("receipts", texts(events, event -> event.served() == null ? null : event.served().sha256()))
                .param("markets", texts(events, event -> event.served() == null ? null : event.served().receipt().market()))
                .param("locales", texts(events, event -> event.served() == null ? null : event.served().receipt().locale()))
                .param("kinds", texts(events, event -> event.served() == null ? null : event.served().receipt().kind()))
                .param("strategies", texts(events, event -> event.served() == null ? null : event.served().receipt().strategy()))
                .param("versions", numbers(events, event -> event.served() == null || event.served().receipt().strategy() == null ? null
                        : event.served().receipt().strategyVersion()))
                .param("objectives", texts(events, event -> event.served() == null ? "" : String.join(",", event.served().receipt().objectives())))
                .param("slots", texts(events, event -> event.item() == null ? null : event.item().slot()))
                .param("items", texts(events, event -> event.item() == null ? null : event.item().id()))
                .param("itemVersions", numbers(events, event -> event.item() == null ? null : event.item().version()))
                .param("contacts", texts(events, EngagementEvent::contact))
                .param("data", texts(events, event -> Json.text(event.data())))
                .update();
    }

    @Override
    public Map<String, Integer> countSeen(ReaderKey reader, Instant until) {
        return jdbc.sql("""
                        select item_id, greatest(1, count(*) filter (where type = 'shown')) as times from engagement_event
                         where subject = :subject and received_at > :since and received_at <= :until and occurred_at <= :until
                           and item_id is not null and type in ('shown', 'opened', 'completed', 'dismissed', 'rated')
                         group by item_id order by max(occurred_at) desc, item_id limit :most
                        """)
                .param("subject", reader.value())
                .param("since", utc(until.minus(MEMORY)))
                .param("until", utc(until))
                .param("most", MOST_SEEN)
                .query((row, _) -> Map.entry(row.getString("item_id"), row.getInt("times"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Set<String> listShownAtLeast(ReaderKey reader, int times, Instant since, Instant until) {
        return new LinkedHashSet<>(jdbc.sql("""
                        select item_id from engagement_event
                         where subject = :subject and received_at > :received and received_at <= :until
                           and occurred_at > :since and occurred_at <= :until and type = 'shown'
                         group by item_id having count(*) >= :times
                        """)
                .param("subject", reader.value())
                .param("received", utc(since.minus(EventCheck.FUTURE)))
                .param("since", utc(since))
                .param("until", utc(until))
                .param("times", times)
                .query(String.class).list());
    }

    @Override
    public int countContacts(ReaderKey reader, Instant since, Instant until) {
        return jdbc.sql("""
                        select count(distinct contact) from engagement_event
                         where subject = :subject and received_at > :received and received_at <= :until
                           and occurred_at > :since and occurred_at <= :until and contact is not null
                        """)
                .param("subject", reader.value())
                .param("received", utc(since.minus(EventCheck.FUTURE)))
                .param("since", utc(since))
                .param("until", utc(until))
                .query(Integer.class).single();
    }

    private static <T> @Nullable String[] texts(List<T> values, Function<T, @Nullable String> field) {
        var texts = new ArrayList<@Nullable String>();
        values.forEach(value -> texts.add(field.apply(value)));
        return texts.toArray(String[]::new);
    }

    private static <T> @Nullable Integer[] numbers(List<T> values, Function<T, @Nullable Integer> field) {
        var numbers = new ArrayList<@Nullable Integer>();
        values.forEach(value -> numbers.add(field.apply(value)));
        return numbers.toArray(Integer[]::new);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
