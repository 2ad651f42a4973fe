package io.throughline.search;

import io.throughline.content.ContentRules;
import io.throughline.publication.Impact;
import io.throughline.publication.PublicationDesk;
import io.throughline.review.JobFilter;
import io.throughline.review.JobList;
import io.throughline.review.JobRow;
import io.throughline.review.JobState;
import io.throughline.search.ItemDetails.PersonName;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Kebab;
import io.throughline.shared.Role;
import io.throughline.shared.Severity;
import io.throughline.strategy.AwaitingApproval;
import io.throughline.strategy.BriefRow;
import io.throughline.strategy.Briefs;
import io.throughline.strategy.StrategyLifecycle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// What a person must do next, from PostgreSQL: it is right as soon as it is written, and while Elasticsearch is away.
@Service
class MyWork {

    private static final int LONGEST_LIST = 100;
    private static final int NEWEST_DRAFTS = 30;
    private static final Duration EXPIRING_WITHIN = Duration.ofDays(90);
    private static final Duration RECENT = Duration.ofDays(30);

    record ItemName(String id, String key, String title) {}

    record ToPublish(ItemName item, ApprovalView approval) {}

    record ApprovalView(String id, String jobCode, int circulation, String itemId, String locale, int versionNumber, String versionSha256,
            String market, Instant validFrom, Instant validUntil, String dateOfPreparation, Instant approvedAt, PersonName certifiedBy,
            String signatureId) {}

    /// @param until UTC, exclusive
    record Expiring(ItemName item, String market, String locale, Instant until) {}

    record Withdrawn(ItemName item, String reason, Instant withdrawnAt, PersonName withdrawnBy) {}

    /// A withdrawal that `channels - confirmed` channels have not confirmed.
    record OpenRecall(String id, ItemName item, Instant withdrawnAt, int channels, int confirmed) {}

    record Answer(List<JobRow> reviewsDue, List<JobRow> toCertify, List<JobRow> sentBack, List<ObjectNode> drafts, List<ToPublish> toPublish,
            List<BriefRow> briefs, List<Expiring> expiring, List<Withdrawn> withdrawals, List<OpenRecall> recalls,
            List<AwaitingApproval> strategiesToApprove, List<Impact> impacted) {}

    private final JobList jobs;
    private final LibraryRows rows;
    private final ContentRules rules;
    private final Briefs briefs;
    private final StrategyLifecycle strategies;
    private final PublicationDesk publications;
    private final JdbcClient jdbc;
    private final Clock clock;

    MyWork(JobList jobs, LibraryRows rows, ContentRules rules, Briefs briefs, StrategyLifecycle strategies, PublicationDesk publications, JdbcClient jdbc,
            Clock clock) {
        this.jobs = jobs;
        this.rows = rows;
        this.rules = rules;
        this.briefs = briefs;
        this.strategies = strategies;
        this.publications = publications;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Answer of(Actor actor) {
        var now = clock.instant();
        var mine = jobs.list(actor, new JobFilter(Set.of(), null, true, Set.of()), LONGEST_LIST, null).items();
        var sentBack = mine.stream().filter(it -> it.state() == JobState.REVISE_AND_RESUBMIT).toList();
        return new Answer(
                mine.stream().filter(it -> it.waitingForMe().stream().anyMatch(part -> !part.equals("certification"))).toList(),
                mine.stream().filter(it -> it.waitingForMe().contains("certification")).toList(),
                sentBack,
                drafts(actor, sentBack),
                toPublish(actor, now),
                briefs.listAssigned(actor, LONGEST_LIST),
                expiring(actor, now),
                withdrawals(actor, now),
                recalls(actor),
                strategies.listAwaiting(actor, LONGEST_LIST),
                publications.listImpactsFor(actor, LONGEST_LIST));
    }

    /// Drafts that the person was the last to write in; those of texts that were sent back stand in their own list.
    private List<ObjectNode> drafts(Actor actor, List<JobRow> sentBack) {
        var elsewhere = new HashSet<String>();
        sentBack.forEach(it -> elsewhere.add(LibraryRows.Entry.id(it.item().id(), it.locale())));
        var drafts = jdbc.sql("""
                        select item_id, locale from content_draft
                         where updated_by = :me
                         order by updated_at desc
                         limit :limit
                        """)
                .param("me", actor.id())
                .param("limit", NEWEST_DRAFTS)
                .query((row, _) -> LibraryRows.Entry.id(row.getString("item_id"), row.getString("locale")))
                .list().stream()
                .filter(it -> !elsewhere.contains(it))
                .toList();
        var itemIds = drafts.stream().map(it -> it.substring(0, it.indexOf('.'))).distinct().toList();
        var mine = rows.list(itemIds).stream()
                .filter(it -> drafts.contains(it.id()) && actor.mayUseContentOf(it.brand()))
                .sorted((a, b) -> b.updatedAt().compareTo(a.updatedAt()))
                .toList();
        var findings = rules.checkWriting(mine.stream().map(LibraryRows.Entry::writing).toList());
        return IntStream.range(0, mine.size()).mapToObj(i -> withFindings(mine.get(i), findings.get(i))).toList();
    }

    private static ObjectNode withFindings(LibraryRows.Entry entry, List<Finding> findings) {
        var counts = entry.row().putObject("findings");
        for (var severity : Severity.values()) {
            counts.put(Kebab.of(severity), findings.stream().filter(it -> it.severity() == severity).count());
        }
        return entry.row();
    }

    /// The newest usable approval of each item, locale and market whose version is not the one published there, and that
    /// was never published: what was withdrawn or has expired does not come back by itself.
    private List<ToPublish> toPublish(Actor actor, Instant now) {
        if (!actor.hasAny(Role.WRITER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.CHANNEL_MANAGER)) {
            return List.of();
        }
        return jdbc.sql("""
                        select a.*, i.key, v.document->>'title' as title, p.display_name
                          from (select distinct on (item_id, locale, market) * from approval
                                 order by item_id, locale, market, approved_at desc) a
                          join content_item i on i.id = a.item_id
                          join content_version v on v.item_id = a.item_id and v.locale = a.locale and v.number = a.version_number
                          join person p on p.id = a.certified_by
                         where a.valid_until > :now
                           and not exists (select 1 from publication out where out.approval_id = a.id)
                           and not exists (select 1 from approval_end e where e.approval_id = a.id)
                           and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (:everyMarket or a.market = any(:markets))
                         order by a.approved_at desc
                         limit :limit
                        """)
                .params(scope(actor))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", LONGEST_LIST)
                .query((row, _) -> new ToPublish(
                        new ItemName(row.getString("item_id"), row.getString("key"), row.getString("title")),
                        new ApprovalView(row.getString("id"), row.getString("job_code"), row.getInt("circulation"), row.getString("item_id"),
                                row.getString("locale"), row.getInt("version_number"), row.getString("version_sha256"), row.getString("market"),
                                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                                row.getObject("valid_until", OffsetDateTime.class).toInstant(),
                                row.getString("date_of_preparation"), row.getObject("approved_at", OffsetDateTime.class).toInstant(),
                                new PersonName(row.getString("certified_by"), row.getString("display_name")), row.getString("signature_id"))))
                .list();
    }

    private List<Expiring> expiring(Actor actor, Instant now) {
        return jdbc.sql("""
                        select i.id, i.key, i.brand, v.document->>'title' as title, p.market, p.locale, p.effective_until
                          from publication p
                          join content_item i on i.id = p.item_id
                          join content_version v on v.item_id = p.item_id and v.locale = p.locale and v.number = p.version_number
                         where p.ended_sequence is null and p.effective_until > :now and p.effective_until <= :soon
                           and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (:everyMarket or p.market = any(:markets))
                         order by p.effective_until, i.key
                         limit :limit
                        """)
                .params(scope(actor))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("soon", now.plus(EXPIRING_WITHIN).atOffset(ZoneOffset.UTC))
                .param("limit", LONGEST_LIST)
                .query((row, _) -> new Expiring(new ItemName(row.getString("id"), row.getString("key"), row.getString("title")),
                        row.getString("market"), row.getString("locale"), row.getObject("effective_until", OffsetDateTime.class).toInstant()))
                .list();
    }

    private List<Withdrawn> withdrawals(Actor actor, Instant now) {
        return jdbc.sql("""
                        select i.id, i.key, coalesce(v.title, i.key) as title, w.reason, w.withdrawn_at, w.withdrawn_by, p.display_name
                          from withdrawal w
                          join content_item i on i.id = w.item_id
                          join person p on p.id = w.withdrawn_by
                          left join lateral (select document->>'title' as title from content_version x
                                              where x.item_id = w.item_id and (w.locale is null or x.locale = w.locale)
                                              order by x.submitted_at desc limit 1) v on true
                         where w.withdrawn_at > :since
                           and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (:everyMarket or w.market = any(:markets)
                             or w.market is null and exists (select 1 from publication p where p.item_id = w.item_id and p.market = any(:markets)))
                         order by w.withdrawn_at desc
                         limit :limit
                        """)
                .params(scope(actor))
                .param("since", now.minus(RECENT).atOffset(ZoneOffset.UTC))
                .param("limit", LONGEST_LIST)
                .query((row, _) -> new Withdrawn(new ItemName(row.getString("id"), row.getString("key"), row.getString("title")),
                        row.getString("reason"), row.getObject("withdrawn_at", OffsetDateTime.class).toInstant(),
                        new PersonName(row.getString("withdrawn_by"), row.getString("display_name"))))
                .list();
    }

    /// For those who answer for channels or for the withdrawal; the oldest first, it waits longest.
    private List<OpenRecall> recalls(Actor actor) {
        if (!actor.hasAny(Role.CHANNEL_MANAGER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR)) {
            return List.of();
        }
        return jdbc.sql("""
                        select r.id, i.id as item_id, i.key, coalesce(t.title, i.key) as title, w.withdrawn_at,
                               (select count(*) from recall_channel c where c.recall_id = r.id) as channels,
                               (select count(*) from recall_confirmation c where c.recall_id = r.id) as confirmed
                          from recall r
                          join withdrawal w on w.id = r.withdrawal_id
                          join content_item i on i.id = r.item_id
                          left join lateral (select p.facets->>'title' as title from publication p
                                              where p.item_id = r.item_id and p.ended_sequence <= r.sequence
                                              order by p.ended_sequence desc limit 1) t on true
                         where r.ended_at is null
                           and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (:everyMarket or exists (select 1 from recall_channel c, unnest(c.publications) as it(id), publication p
                                                         where c.recall_id = r.id and p.id = it.id and p.market = any(:markets)))
                         order by w.withdrawn_at
                         limit :limit
                        """)
                .params(scope(actor))
                .param("limit", LONGEST_LIST)
                .query((row, _) -> new OpenRecall(row.getString("id"), new ItemName(row.getString("item_id"), row.getString("key"), row.getString("title")),
                        row.getObject("withdrawn_at", OffsetDateTime.class).toInstant(), row.getInt("channels"), row.getInt("confirmed")))
                .list();
    }

    private static Map<String, Object> scope(Actor actor) {
        return Map.of(
                "everyBrand", actor.brands().contains("*"),
                "brands", actor.brands().toArray(String[]::new),
                "everyMarket", actor.markets().contains("*"),
                "markets", actor.markets().toArray(String[]::new));
    }
}
