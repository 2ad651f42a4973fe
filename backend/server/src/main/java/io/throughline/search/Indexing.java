package io.throughline.search;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts and stops the threads that feed the indices.
@Component
class Indexing implements SmartLifecycle {

    private final List<Pump> pumps;
    private volatile boolean running;

    Indexing(CatalogueIndexer catalogue, LibraryIndexer library) {
        this.pumps = List.of(catalogue.pump(), library.pump());
    }

    @Override
    public void start() {
        running = true;
        pumps.forEach(Pump::start);
    }

    @Override
    public void stop() {
        pumps.forEach(Pump::stop);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
