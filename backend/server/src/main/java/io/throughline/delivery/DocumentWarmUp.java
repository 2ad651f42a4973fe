package io.throughline.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Reads documents once the catalogue is known, beside the requests, so that the first sets don't each wait for the database: those
/// that any context would rank highest come first, as many as have room.
@Component
class DocumentWarmUp implements CatalogueListener, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DocumentWarmUp.class);
    private static final int AT_ONCE = 100;
    private static final int PROGRESS = 100_000;

    private final Documents documents;
    private final CatalogueProjection projection;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean stopped;

    DocumentWarmUp(Documents documents, CatalogueProjection projection) {
        this.documents = documents;
        this.projection = projection;
    }

    @Override
    public void advanced(long sequence) {
        if (!started.getAndSet(true)) {
            Thread.ofVirtual().name("document-warm-up").start(this::warm);
        }
    }

    @Override
    public void destroy() {
        stopped = true;
    }

    private void warm() {
        long began = System.nanoTime();
        try {
            int taken = take(mostTelling());
            log.info("Took {} documents into memory in {} ms", taken, (System.nanoTime() - began) / 1_000_000);
        } catch (DataAccessException away) {
            log.debug("the documents stay where they are until they are asked for", away);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Publication ids of everything current, by what their scores owe to themselves.
    List<String> mostTelling() {
        var all = new ArrayList<Candidate>(projection.current().count());
        projection.current().markets().values().forEach(market -> market.forEach(all::add));
        all.sort(Comparator.comparingInt(ScorePart::ownUnits).reversed());
        return all.stream().map(Candidate::publicationId).toList();
    }

    /// Rests after each read for as long as it took, so that requests have the database and a processor too.
    ///
    /// @return how many had room
    int take(List<String> ids) throws InterruptedException {
        long room = documents.room() / 10 * 9;
        int taken = 0;
        for (int from = 0; from < ids.size() && room > 0 && !stopped; from += AT_ONCE) {
            long began = System.nanoTime();
            var some = documents.read(ids.subList(from, Math.min(from + AT_ONCE, ids.size())));
            for (var document : some.values()) {
                room -= document.bytes().length;
            }
            taken += some.size();
            if (taken / PROGRESS > (taken - some.size()) / PROGRESS) {
                log.info("Taking documents into memory: {} of at most {} so far", taken, ids.size());
            }
            Thread.sleep(Duration.ofNanos(System.nanoTime() - began));
        }
        return taken;
    }
}
