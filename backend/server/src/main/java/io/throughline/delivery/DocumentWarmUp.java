package io.throughline.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads the newest documents once the server serves, so that the first sets don't each wait for the database.
@Component
class DocumentWarmUp {

    private static final Logger log = LoggerFactory.getLogger(DocumentWarmUp.class);

    private final Catalogue catalogue;
    private final TransactionTemplate transaction;

    DocumentWarmUp(Catalogue catalogue, PlatformTransactionManager transactions) {
        this.catalogue = catalogue;
        transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread.ofVirtual().name("document-warm-up").start(this::warm);
    }

    private void warm() {
        try {
            var taken = transaction.execute(_ -> catalogue.warm());
            log.info("Took the newest {} documents into memory", taken);
        } catch (DataAccessException | TransactionException away) {
            log.debug("the documents stay where they are until they are asked for", away);
        }
    }
}
