package io.throughline.shared;

import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Hands out the content sequence and keeps the change that took each number: what channels see, in commit order.
@Service
public class CatalogueLog {

    /// What happened to the catalogue.
    public enum Change {
        PUBLISHED,
        SUPERSEDED,
        WITHDRAWN,
        EXPIRED,
        /// It is served, and something that it holds has changed.
        CHANGED,
        /// It left because of what it holds.
        IMPACTED,
        STRATEGY_ACTIVATED
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    CatalogueLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Takes the next number, writes its change and notifies every node at commit; answers with the number.
    ///
    /// The counter row stays locked until the caller's transaction ends, so numbers become visible in their order; take it
    /// as late as possible in the transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public long append(
            Change type,
            @Nullable String publicationId,
            @Nullable String itemId,
            @Nullable String locale,
            @Nullable String market,
            @Nullable String strategyId,
            @Nullable String reason,
            String actorId) {
        long sequence = jdbc.sql("update content_sequence set value = value + 1 returning value").query(Long.class).single();
        jdbc.sql("""
                        insert into content_change
                               (sequence, at, type, publication_id, item_id, locale, market, strategy_id, reason, actor_id)
                        values (:sequence, :at, :type, :publicationId, :itemId, :locale, :market, :strategyId, :reason, :actorId)
                        """)
                .param("sequence", sequence)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("type", Kebab.of(type))
                .param("publicationId", publicationId)
                .param("itemId", itemId)
                .param("locale", locale)
                .param("market", market)
                .param("strategyId", strategyId)
                .param("reason", reason)
                .param("actorId", actorId)
                .update();
        jdbc.sql("select pg_notify('content_sequence', :sequence)")
                .param("sequence", Long.toString(sequence))
                .query((row, _) -> "sent")
                .single();
        return sequence;
    }

    /// Waits for those who change the catalogue and lets the next ones wait until the caller's transaction ends: what is read from
    /// here on stays true until then. Nothing slow may follow.
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold() {
        jdbc.sql("select value from content_sequence for update").query(Long.class).single();
    }

    /// The newest committed number, 0 while nothing was ever published.
    public long newest() {
        return jdbc.sql("select value from content_sequence").query(Long.class).single();
    }
}
