package io.throughline.webhooks;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reminds channels of recalls that they have not confirmed, and forgets the old part of the delivery log.
@Configuration(proxyBeanMethods = false)
class WebhookJobs {

    /// As long as tombstones of the sync live: whoever was away longer reads everything anew.
    private static final Duration LOG_KEPT = Duration.ofDays(90);
    private static final int BATCH = 1_000;

    @Bean
    RecurringTask<Void> recallReminders(RecallDesk desk, Dispatcher dispatcher) {
        return Tasks.recurring("recall-reminders", FixedDelay.ofSeconds(30)).execute((_, _) -> {
            if (desk.remindDue() > 0) {
                dispatcher.wake();
            }
        });
    }

    @Bean
    RecurringTask<Void> webhookLogHousekeeping(DeliveryTable deliveries, Clock clock) {
        return Tasks.recurring("webhook-log-housekeeping", FixedDelay.ofHours(1)).execute((_, _) -> {
            while (deliveries.forgetBefore(clock.instant().minus(LOG_KEPT), BATCH) == BATCH) {
                // batch by batch, so that no lock is held for long
            }
        });
    }
}
