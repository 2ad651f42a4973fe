package io.throughline.ingest;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.throughline.ingest.document.DocumentParser;
import io.throughline.ingest.document.ParseLimits;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    static final TaskDescriptor<Void> JOB = TaskDescriptor.of("ingest-job");
    private static final int FILES_AT_ONCE = 4;

    @Bean
    ParseLimits parseLimits() {
        return ParseLimits.standard();
    }

    @Bean
    DocumentParser documentParser(ParseLimits limits) {
        return new DocumentParser(limits, FILES_AT_ONCE);
    }

    @Bean
    IngestFolders ingestFolders(@Value("${throughline.ingest.folders:}") String setting) {
        return IngestFolders.of(setting);
    }

    /// A node that dies leaves its job to another one; a job that fails is run again, later each time.
    @Bean
    OneTimeTask<Void> ingestJob(IngestRun run) {
        return Tasks.oneTime(JOB)
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(10)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    try {
                        run.run(instance.getId());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("the node is stopping; the job goes on later", e);
                    }
                });
    }
}
