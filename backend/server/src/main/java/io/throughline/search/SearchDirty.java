package io.throughline.search;

import io.throughline.content.DraftSaved;
import io.throughline.content.ItemCreated;
import io.throughline.content.VersionSubmitted;
import io.throughline.publication.PublicationsChanged;
import io.throughline.review.ReviewAdvanced;
import io.throughline.review.VersionApproved;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Marks an item for indexing inside the transaction that changed it: the mark is there exactly if the change is.
@Component
class SearchDirty {

    private final JdbcClient jdbc;
    private final LibraryIndexer indexer;

    SearchDirty(JdbcClient jdbc, LibraryIndexer indexer) {
        this.jdbc = jdbc;
        this.indexer = indexer;
    }

    @EventListener
    void on(ItemCreated event) {
        mark(event.itemId());
    }

    @EventListener
    void on(DraftSaved event) {
        mark(event.itemId());
    }

    @EventListener
    void on(VersionSubmitted event) {
        mark(event.itemId());
    }

    @EventListener
    void on(ReviewAdvanced event) {
        mark(event.itemId());
    }

    @EventListener
    void on(VersionApproved event) {
        mark(event.itemId());
    }

    @EventListener
    void on(PublicationsChanged event) {
        mark(event.itemId());
    }

    private void mark(String itemId) {
        jdbc.sql("""
                        insert into search_dirty (item_id, mark) values (:item, nextval('search_dirty_mark'))
                            on conflict (item_id) do update set mark = excluded.mark
                        """).param("item", itemId).update();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    indexer.pump().wake();
                }
            });
        }
    }
}
