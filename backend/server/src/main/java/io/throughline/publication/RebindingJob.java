package io.throughline.publication;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Goes through what is published in a market once, batch by batch, after its pack or the form of what binds publications changed.
@Component
class RebindingJob {

    /// Raise it when [PublicationContent#facets] works out what it did not before: evidence grades and rules came with 1.
    static final int FORMAT = 1;

    private static final Logger log = LoggerFactory.getLogger(RebindingJob.class);
    private static final int BATCH = 200;

    private record Through(String market, int format, int pack) {

        boolean covers(MarketPack other) {
            return market.equals(other.market()) && (format > FORMAT || (format == FORMAT && pack >= other.version()));
        }
    }

    private record Progress(String afterId, boolean done) {}

    private final Rebinding rebinding;
    private final MarketPacks packs;
    private final JdbcClient jdbc;
    private final Clock clock;

    RebindingJob(Rebinding rebinding, MarketPacks packs, JdbcClient jdbc, Clock clock) {
        this.rebinding = rebinding;
        this.packs = packs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Schedule {

        /// A batch each time, so that a million publications never stand in anybody's way.
        @Bean
        RecurringTask<Void> publicationRebinding(RebindingJob job) {
            return Tasks.recurring("publication-rebinding", FixedDelay.ofSeconds(5)).execute((_, _) -> job.run());
        }
    }

    /// One batch of every market that is not done. A node that dies leaves the batch to the next run, for which what is done is
    /// nothing new.
    void run() {
        var through = jdbc.sql("select market, format, pack from market_binding where done_at is not null")
                .query((row, _) -> new Through(row.getString("market"), row.getInt("format"), row.getInt("pack"))).list();
        packs.list().stream().filter(pack -> through.stream().noneMatch(it -> it.covers(pack))).forEach(this::run);
    }

    private void run(MarketPack pack) {
        var progress = progress(pack);
        if (progress.done()) {
            return;
        }
        var batch = jdbc.sql("""
                        select id, item_id from publication
                         where market = :market and ended_sequence is null and id > :after order by id limit :limit
                        """)
                .param("market", pack.market()).param("after", progress.afterId()).param("limit", BATCH)
                .query((row, _) -> new PublicationLedger.Due(row.getString("id"), row.getString("item_id"))).list();
        batch.forEach(it -> bindAnew(it, pack));
        jdbc.sql("update market_binding set after_id = :after, done_at = :done where market = :market and format = :format and pack = :pack")
                .param("after", batch.isEmpty() ? progress.afterId() : batch.getLast().publicationId())
                .param("done", batch.size() < BATCH ? clock.instant().atOffset(ZoneOffset.UTC) : null)
                .param("market", pack.market()).param("format", FORMAT).param("pack", pack.version()).update();
    }

    /// One that can't be read is no reason to leave the others; a database that is away is: the batch comes again.
    private void bindAnew(PublicationLedger.Due it, MarketPack pack) {
        try {
            rebinding.bindAnew(it.publicationId(), it.itemId(), pack);
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException unreadable) {
            log.error("{} stays bound as it was; publish {} in {} once more", it.publicationId(), it.itemId(), pack.market(), unreadable);
        }
    }

    /// A market that is new here has nothing to go through. A node of an older version goes not back.
    private Progress progress(MarketPack pack) {
        jdbc.sql("""
                        insert into market_binding as b (market, format, pack, done_at) values (:market, :format, :pack, :now)
                            on conflict (market) do update set format = excluded.format, pack = excluded.pack, after_id = '', done_at = null
                             where (b.format, b.pack) < (excluded.format, excluded.pack)
                        """)
                .param("market", pack.market()).param("format", FORMAT).param("pack", pack.version())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC)).update();
        return jdbc.sql("select after_id, done_at is not null or (format, pack) <> (:format, :pack) as done from market_binding where market = :market")
                .param("market", pack.market()).param("format", FORMAT).param("pack", pack.version())
                .query((row, _) -> new Progress(row.getString("after_id"), row.getBoolean("done"))).single();
    }
}
