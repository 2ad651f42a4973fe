package io.throughline.delivery.demand;

import io.throughline.publication.PublicationsChanged;
import io.throughline.strategy.BriefDesk;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells strategy, in the publication's own transaction, that what a brief asked for is there.
@Component
class BriefCompletion {

    private final BriefDesk briefs;
    private final JdbcClient jdbc;

    BriefCompletion(BriefDesk briefs, JdbcClient jdbc) {
        this.briefs = briefs;
        this.jdbc = jdbc;
    }

    @EventListener
    void on(PublicationsChanged event) {
        boolean published = jdbc.sql("select exists (select 1 from publication where item_id = :id and ended_sequence is null)")
                .param("id", event.itemId()).query(Boolean.class).single();
        if (published) {
            briefs.published(event.itemId());
        }
    }
}
