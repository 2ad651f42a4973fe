package io.throughline.identity;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

/// Takes away sessions that have run out, wrong attempts that no longer count and answers that are no longer given again. None has
/// any effect any more; this only keeps their tables small.
///
/// Spring Session's own timer is off: it runs on every node, and on a first start before Flyway has made its table.
@Configuration(proxyBeanMethods = false)
class SessionHousekeeping {

    @Bean
    RecurringTask<Void> sessionCleanUp(JdbcIndexedSessionRepository sessions, FailedAttempts attempts, IdempotencyKeys keys) {
        return Tasks.recurring("session-clean-up", FixedDelay.ofMinutes(5)).execute((_, _) -> {
            sessions.cleanUpExpiredSessions();
            attempts.forgetOld();
            keys.forgetOld();
        });
    }
}
