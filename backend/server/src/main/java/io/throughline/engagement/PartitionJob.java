package io.throughline.engagement;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes the events' partitions for this month and the next two. Should it ever come late, events wait in the default partition.
@Configuration(proxyBeanMethods = false)
class PartitionJob {

    private static final int MONTHS_AHEAD = 2;

    @Bean
    RecurringTask<Void> engagementPartitions(JdbcClient jdbc, Clock clock) {
        return Tasks.recurring("engagement-partitions", FixedDelay.of(Duration.ofHours(12))).execute((_, _) -> makeMonths(jdbc, clock.instant()));
    }

    static void makeMonths(JdbcClient jdbc, Instant now) {
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            // counted, because a function without a result still answers with a row
            jdbc.sql("select count(engagement_partition(:moment))").param("moment", now.atOffset(ZoneOffset.UTC).plusMonths(ahead))
                    .query(Long.class).single();
        }
    }
}
