package io.throughline.search;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Compares the catalogue's index with the publications now and then, and builds it anew when they differ; before that it
/// takes out what was superseded long ago.
@Configuration(proxyBeanMethods = false)
class DriftJob {

    private static final Logger log = LoggerFactory.getLogger(DriftJob.class);

    @Bean
    RecurringTask<Void> indexDriftCheck(CatalogueIndexer indexer) {
        return Tasks.recurring("index-drift-check", FixedDelay.ofHours(1)).execute((_, _) -> check(indexer));
    }

    static void check(CatalogueIndexer indexer) {
        try {
            if (!indexer.isBuilt()) {
                return; // at the first start: the indexer is about to build it, and whole
            }
            indexer.forgetSuperseded();
            var drift = indexer.compare();
            if (!drift.isNone()) {
                log.warn("The catalogue's index differs from the publications at sequence {}: {} missing, {} too many; it is built anew",
                        drift.sequence(), drift.missing().size(), drift.surplus().size());
                indexer.rebuild();
            }
        } catch (IOException away) {
            log.info("The index could not be compared with the publications: {}", away.getMessage());
        }
    }
}
