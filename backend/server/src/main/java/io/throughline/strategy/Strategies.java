package io.throughline.strategy;

import io.throughline.shared.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Which strategy decides when. Reads only.
@Service
public class Strategies {

    /// @param activeUntil exclusive; null is open; an early end counts
    /// @param sequence    the content sequence the activation took: a later one wins
    record Activation(
            String strategyId,
            int number,
            @Nullable String brand,
            Instant activeFrom,
            @Nullable Instant activeUntil,
            long sequence,
            StrategyDocument document) {

        boolean coversInstant(Instant at) {
            return !at.isBefore(activeFrom) && (activeUntil == null || at.isBefore(activeUntil));
        }
    }

    private record Snapshot(long sequence, List<Activation> activations) {}

    private final JdbcClient jdbc;
    private final EngagementModels models;
    // Rebuilt when an activation has come; never older than the question, because every question asks for the newest sequence.
    private volatile Snapshot snapshot = new Snapshot(-1, List.of());

    Strategies(JdbcClient jdbc, EngagementModels models) {
        this.jdbc = jdbc;
        this.models = models;
    }

    /// The strategy that decides at an instant: the brand's own where a brand is given and has one active, else the
    /// portfolio's. Where several were activated for the same scope the latest activation decides.
    ///
    /// @param at    inclusive start, exclusive end of every activation's window
    /// @param brand key of the brand asked for; null asks for the portfolio
    public Optional<ActiveStrategy> activeAt(Instant at, @Nullable String brand) {
        var activations = current();
        var own = brand == null ? Optional.<Activation>empty() : StrategyState.deciding(activations, at, brand);
        return own.or(() -> StrategyState.deciding(activations, at, null)).map(it -> asOf(it, at));
    }

    /// The same, where activations and endings that took a later content sequence don't count. Asks the database only for
    /// what is not known yet.
    public Optional<ActiveStrategy> activeAt(Instant at, @Nullable String brand, long sequence) {
        var activations = asOf(sequence);
        var own = brand == null ? Optional.<Activation>empty() : StrategyState.deciding(activations, at, brand);
        return own.or(() -> StrategyState.deciding(activations, at, null)).map(it -> asOf(it, at));
    }

    /// Every strategy active at an instant, portfolio first, then by brand.
    public List<ActiveStrategy> listActiveAt(Instant at) {
        return listDecidingAt(at).stream().map(it -> asOf(it, at)).toList();
    }

    /// The same, where activations and endings that took a later content sequence don't count.
    public List<ActiveStrategy> listActiveAt(Instant at, long sequence) {
        return listDeciding(asOf(sequence), at).stream().map(it -> asOf(it, at)).toList();
    }

    /// The same with everything that their versions say, objectives of other days too.
    List<Activation> listDecidingAt(Instant at) {
        return listDeciding(current(), at);
    }

    private static List<Activation> listDeciding(List<Activation> activations, Instant at) {
        return activations.stream()
                .map(Activation::brand)
                .map(Optional::ofNullable)
                .distinct()
                .sorted(Comparator.comparing(it -> it.orElse("")))
                .flatMap(brand -> StrategyState.deciding(activations, at, brand.orElse(null)).stream())
                .toList();
    }

    /// All activations there ever were, as of the newest sequence.
    List<Activation> listActivations() {
        return current();
    }

    /// The same for whoever is about to add one: not remembered, because the transaction may yet be rolled back.
    List<Activation> readActivations() {
        return load(Long.MAX_VALUE);
    }

    /// The newest content sequence, up to one, at which a strategy was activated or ended; 0 when none was.
    public long lastChange(long upTo) {
        return jdbc.sql("""
                        select greatest(coalesce((select max(sequence) from strategy_activation where sequence <= :upTo), 0),
                                        coalesce((select max(sequence) from strategy_ending where sequence <= :upTo), 0))
                        """)
                .param("upTo", upTo).query(Long.class).single();
    }

    /// The next instant after `at` at which another strategy may decide, or an objective starts or ends; activations and endings
    /// that took a later content sequence don't count.
    public Optional<Instant> nextChangeAfter(Instant at, long sequence) {
        return asOf(sequence).stream()
                .flatMap(it -> Stream.concat(
                        Stream.of(Optional.of(it.activeFrom()), Optional.ofNullable(it.activeUntil())),
                        it.document().objectives().stream().flatMap(objective -> Stream.of(
                                Optional.of(startOf(objective.from())),
                                Optional.ofNullable(objective.until()).map(day -> startOf(day.plusDays(1)))))))
                .flatMap(Optional::stream)
                .filter(at::isBefore)
                .min(Comparator.naturalOrder());
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static ActiveStrategy asOf(Activation activation, Instant at) {
        var day = at.atZone(ZoneOffset.UTC).toLocalDate();
        return new ActiveStrategy(activation.strategyId(), activation.number(), activation.brand(),
                activation.document().objectives().stream().filter(it -> it.runsOn(day)).toList());
    }

    private List<Activation> current() {
        long newest = lastChange(Long.MAX_VALUE);
        var known = snapshot;
        if (known.sequence() != newest) {
            known = new Snapshot(newest, load(newest));
            snapshot = known;
        }
        return known.activations();
    }

    private List<Activation> asOf(long sequence) {
        var known = snapshot;
        if (known.sequence() < sequence) {
            current();
            known = snapshot;
        }
        return known.sequence() <= sequence ? known.activations() : load(sequence);
    }

    private List<Activation> load(long upTo) {
        return jdbc.sql("""
                        select a.strategy_id, a.number, s.brand, a.active_from, least(a.active_until, e.ended_at) as active_until,
                               a.sequence, v.document
                          from strategy_activation a
                          left join strategy_ending e on e.activation_sequence = a.sequence and e.sequence <= :upTo
                          join strategy s on s.id = a.strategy_id
                          join strategy_version v on v.strategy_id = a.strategy_id and v.number = a.number
                         where a.sequence <= :upTo
                         order by a.sequence
                        """)
                .param("upTo", upTo)
                .query((row, _) -> new Activation(
                        row.getString("strategy_id"),
                        row.getInt("number"),
                        row.getString("brand"),
                        row.getObject("active_from", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("active_until", OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null),
                        row.getLong("sequence"),
                        models.completed(Json.mapper().readValue(row.getString("document"), StrategyDocument.class))))
                .list();
    }
}
