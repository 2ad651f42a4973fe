package io.throughline.publication;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Writes down that a window has ended, so that the change has its place in the content sequence. Serving does not wait for
/// it: every answer looks at the window itself.
@Configuration(proxyBeanMethods = false)
class ExpiryJob {

    private static final int BATCH = 200;

    @Bean
    RecurringTask<Void> publicationExpiry(PublicationLedger ledger, ImpactLedger impacts, PublicationDesk desk, Clock clock) {
        return Tasks.recurring("publication-expiry", FixedDelay.ofSeconds(3)).execute((_, _) -> {
            ledger.listDue(clock.instant(), BATCH).forEach(due -> desk.expire(due.publicationId(), due.itemId()));
            impacts.listDue(clock.instant(), BATCH).forEach(due -> desk.leave(due.publicationId(), due.itemId()));
        });
    }
}
