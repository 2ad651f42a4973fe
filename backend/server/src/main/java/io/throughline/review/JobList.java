package io.throughline.review;

import io.throughline.identity.People;
import io.throughline.identity.Person;
import io.throughline.shared.Actor;
import io.throughline.shared.Kebab;
import io.throughline.shared.Page;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Lists of review jobs, those due first: one query a page, whatever is in it.
@Repository
public class JobList {

    /// The last row of the page before.
    private record Cursor(@Nullable Instant dueAt, String id) {}

    private record Listed(String id, JobRow row) {}

    private final JdbcClient jdbc;
    private final People people;
    private final MarketPacks packs;

    JobList(JdbcClient jdbc, People people, MarketPacks packs) {
        this.people = people;
        this.packs = packs;
        this.jdbc = jdbc;
    }

    /// The jobs of the actor's brands and markets that the filter lets through.
    ///
    /// @param limit 1 to 100
    /// @param after `nextCursor` of the page before
    public Page<JobRow> list(Actor actor, JobFilter filter, int limit, @Nullable String after) {
        if (limit < 1 || limit > 100) {
            throw Problem.INVALID_QUERY.because("A page has 1 to 100 reviews; ask for a limit in between.");
        }
        var cursor = after == null ? null : cursor(after);
        var disciplines = Arrays.stream(Discipline.values()).filter(it -> actor.has(it.role())).toList();
        var signatory = actor.has(Role.SIGNATORY);
        var number = people.find(actor.id()).map(Person::registrationNumber).orElse(null);
        var registered = number != null && !number.isBlank();
        // "ready" repeats ReviewPolicy for a whole page at once: every task approved, no required annotation open;
        // any other full set of verdicts has already been sent back
        var listed = jdbc.sql("""
                        with listed as (
                          select job.id, job.code, job.locale, job.market, job.state, job.due_at,
                                 item.id as item_id, item.key, item.type, item.kind, item.brand,
                                 circulation.number, circulation.version_number, circulation.title, circulation.started_by,
                                 circulation.changed_blocks, circulation.total_blocks,
                                 exists (select from review_developers(job.id) developer where developer = :me) as developed_by_me,
                                 job.market = any(:severalDisciplines) or not exists (
                                   select from review_task task join review_verdict verdict on verdict.task_id = task.id
                                    where task.job_id = job.id and task.circulation = circulation.number and verdict.person_id = :me) as may_judge,
                                 (job.market = any(:reviewAndCertify) or not exists (
                                   select from review_task task join review_verdict verdict on verdict.task_id = task.id
                                    where task.job_id = job.id and verdict.person_id = :me))
                                   and (:registered or not job.market = any(:registering)) as may_certify
                            from review_job job
                            join content_item item on item.id = job.item_id
                            join lateral (select * from review_circulation
                                           where job_id = job.id order by number desc limit 1) circulation on true
                           where (:everyMarket or job.market = any(:markets))
                             and (:everyBrand or item.brand is null or item.brand = any(:brands))
                             and (:anyState or job.state = any(:states))
                             and (:anyMarket or job.market = any(:wantedMarkets))
                             and (cast(:discipline as text) is null or job.state = 'in-review' and exists (
                                   select 1 from review_task task left join review_verdict verdict on verdict.task_id = task.id
                                    where task.job_id = job.id and task.circulation = circulation.number
                                      and task.discipline = :discipline and verdict.task_id is null))
                             and (cast(:afterId as text) is null
                                  or (coalesce(job.due_at, 'infinity'), job.id) > (coalesce(cast(:afterDue as timestamptz), 'infinity'), :afterId))
                        ),
                        judged as (
                          select listed.*,
                                 array(select task.discipline || '=' || coalesce(verdict.verdict, 'open')
                                    from review_task task left join review_verdict verdict on verdict.task_id = task.id
                                   where task.job_id = listed.id and task.circulation = listed.number
                                         order by array_position(array['medical', 'legal', 'regulatory'], task.discipline)) as tasks,
                                 not exists (select 1 from review_task task left join review_verdict verdict on verdict.task_id = task.id
                                              where task.job_id = listed.id and task.circulation = listed.number
                                                and verdict.verdict is distinct from 'approve')
                                   and not exists (select 1 from review_annotation annotation
                                                    where annotation.job_id = listed.id and annotation.required
                                                      and not exists (select 1 from review_annotation_reply reply
                                                                       where reply.annotation_id = annotation.id and reply.resolves)) as ready
                            from listed
                        )
                        select * from judged
                         where not :mine
                            or state = 'revise-and-resubmit' and started_by = :me
                            or state = 'in-review' and not developed_by_me 
                                and (may_judge and tasks && cast(:myOpenTasks as text[]) or may_certify and :signatory and ready)
                         order by coalesce(due_at, 'infinity'), id
                         limit :rows
                        """)
                .param("me", actor.id())
                .param("everyMarket", actor.markets().contains("*")).param("markets", array(actor.markets()))
                .param("everyBrand", actor.brands().contains("*")).param("brands", array(actor.brands()))
                .param("anyState", filter.states().isEmpty()).param("states", array(filter.states().stream().map(Kebab::of).toList()))
                .param("anyMarket", filter.markets().isEmpty()).param("wantedMarkets", array(filter.markets()))
                .param("discipline", filter.discipline() == null ? null : filter.discipline().code())
                .param("mine", filter.mine()).param("signatory", signatory)
                .param("severalDisciplines", markets(it -> Packs.joinedDuties(it).contains(JoinedDuty.SEVERAL_DISCIPLINES)))
                .param("reviewAndCertify", markets(it -> Packs.joinedDuties(it).contains(JoinedDuty.REVIEW_AND_CERTIFY)))
                .param("registering", markets(it -> it.signatory().registrationNumberRequired()))
                .param("registered", registered)
                .param("myOpenTasks", array(disciplines.stream().map(it -> it.code() + "=open").toList()))
                .param("afterId", cursor == null ? null : cursor.id())
                .param("afterDue", cursor == null ? null : Rows.timestamp(cursor.dueAt()))
                .param("rows", limit + 1)
                .query((row, _) -> new Listed(row.getString("id"), row(row, Set.copyOf(disciplines), signatory)))
                .list();
        if (listed.size() <= limit) {
            return new Page<>(listed.stream().map(Listed::row).toList(), null, null);
        }
        var page = listed.subList(0, limit);
        var last = page.getLast();
        return new Page<>(page.stream().map(Listed::row).toList(), written(new Cursor(last.row().dueAt(), last.id())), null);
    }

    private static JobRow row(ResultSet row, Set<Discipline> mine, boolean signatory) throws SQLException {
        var state = Kebab.parse(JobState.class, row.getString("state"));
        var tasks = Arrays.stream((String[]) row.getArray("tasks").getArray()).map(JobList::task).toList();
        var waiting = new ArrayList<String>();
        if (state == JobState.IN_REVIEW && !row.getBoolean("developed_by_me")) {
            var mayJudge = row.getBoolean("may_judge");
            tasks.stream().filter(it -> mayJudge && it.state().equals("open") && mine.contains(it.discipline()))
                    .forEach(it -> waiting.add(it.discipline().code()));
            if (signatory && row.getBoolean("may_certify") && row.getBoolean("ready")) {
                waiting.add("certification");
            }
        }
        var item = new JobItem(row.getString("item_id"), row.getString("key"), row.getString("title"), row.getString("type"),
                row.getString("kind"), row.getString("brand"));
        return new JobRow(row.getString("code"), item, row.getString("locale"), row.getString("market"), state, row.getInt("number"),
                row.getInt("version_number"), Rows.instantOrNull(row, "due_at"), row.getInt("changed_blocks"), row.getInt("total_blocks"),
                tasks, waiting);
    }

    private static JobRow.TaskState task(String written) {
        var parts = written.split("=", 2);
        return new JobRow.TaskState(Kebab.parse(Discipline.class, parts[0]), parts[1]);
    }

    private String[] markets(Predicate<MarketPack> chosen) {
        return array(packs.list().stream().filter(chosen).map(MarketPack::market).toList());
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    private static String written(Cursor cursor) {
        var text = (cursor.dueAt() == null ? "" : cursor.dueAt()) + "|" + cursor.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Cursor cursor(String written) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8).split("\\|", -1);
            if (parts.length == 2 && parts[1].matches("job_[0-9A-Z]{26}")) {
                return new Cursor(parts[0].isEmpty() ? null : Instant.parse(parts[0]), parts[1]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Problem.INVALID_QUERY.because("The cursor is not one of ours. Start again without 'after'.");
        }
        throw Problem.INVALID_QUERY.because("The cursor is not one of ours. Start again without 'after'.");
    }
}
