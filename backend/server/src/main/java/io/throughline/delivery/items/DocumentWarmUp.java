package io.throughline.delivery.items;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.CatalogueListener;
import io.throughline.catalogue.CatalogueProjection;
import io.throughline.catalogue.StaticScore;
import io.throughline.shared.DatabasePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Reads documents once the catalogue is known, beside the requests, so that the first sets don't each wait for the database: from each
/// sort of content those first that any context would rank highest, as many as have room.
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
            Thread.ofVirtual().name("document-warm-up").start(() -> DatabasePool.DELIVERY.run(this::warm));
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

    /// What never competes for the same place of the same set.
    private record Sort(String market, String kind, List<String> slots) {}

    /// @param depth 0 to 1: the share of its sort that ranks before it
    private record Deep(String publicationId, double depth) {}

    /// Publication ids of everything current: first the best tenth of each sort, then the second, and so on, but finer.
    List<String> mostTelling() {
        var sorts = new HashMap<Sort, List<Candidate>>();
        projection.current().markets().values().forEach(market -> market.forEach(candidate ->
                sorts.computeIfAbsent(new Sort(candidate.market(), candidate.kind(), candidate.facets().slots()), _ -> new ArrayList<>()).add(candidate)));
        var all = new ArrayList<Deep>(projection.current().count());
        sorts.values().forEach(alike -> {
            alike.sort(Comparator.comparingInt(StaticScore::of).thenComparing(Candidate::approvedAt).reversed());
            for (int i = 0; i < alike.size(); i++) {
                all.add(new Deep(alike.get(i).publicationId(), i / (double) alike.size()));
            }
        });
        all.sort(Comparator.comparingDouble(Deep::depth));
        return all.stream().map(Deep::publicationId).toList();
    }

    /// Rests after each read for as long as it took, so that requests have the database and a processor too.
    ///
    /// @return how many had room
    int take(List<String> ids) throws InterruptedException {
        long room = documents.room() / 10 * 9;
        int taken = 0;
        for (int from = 0; from < ids.size() && room > 0 && !stopped; from += AT_ONCE) {
            long began = System.nanoTime();
            var some = documents.readAhead(ids.subList(from, Math.min(from + AT_ONCE, ids.size())));
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
