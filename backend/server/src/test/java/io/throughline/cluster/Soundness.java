package io.throughline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether an installation is whole: every act is there once with all that belongs to it, and index and channels show exactly what
/// PostgreSQL says. Reads the tables plainly, past the server's own way of reading them.
final class Soundness {

    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    /// Each names a flaw and finds its rows.
    private static final Set<String> BY_HAND = Set.of("approval", "circulation", "review-job", "signature");
    private static final Map<String, String> FLAWS = new LinkedHashMap<>();

    static {
        FLAWS.put("a hole in the sequence", """
                select value::text from content_sequence
                 where value <> (select count(*) from content_change) or value <> (select coalesce(max(sequence), 0) from content_change)
                """);
        FLAWS.put("a publication without exactly one change", """
                select p.id from publication p left join content_change c on c.publication_id = p.id and c.type = 'published'
                 group by p.id, p.started_sequence having count(c.sequence) <> 1 or max(c.sequence) <> p.started_sequence
                """);
        FLAWS.put("a change without its publication", """
                select c.sequence::text from content_change c left join publication p on p.id = c.publication_id
                 where c.type <> 'strategy-activated' and p.id is null
                """);
        FLAWS.put("an end without exactly one change", """
                select p.id from publication p left join content_change c on c.publication_id = p.id and c.type not in ('published', 'changed')
                 group by p.id, p.ended_sequence, p.end_reason
                having count(c.sequence) <> case when p.ended_sequence is null then 0 else 1 end
                    or max(c.sequence) is distinct from p.ended_sequence or max(c.type) is distinct from p.end_reason
                """);
        FLAWS.put("a publication without exactly one audit entry", """
                select p.id from publication p left join audit_entry a on a.action = 'publication.published' and a.after->>'id' = p.id
                 group by p.id having count(a.number) <> 1
                """);
        FLAWS.put("an audit entry of a publication that is not there", """
                select a.number::text from audit_entry a left join publication p on p.id = a.after->>'id'
                 where a.action in ('publication.published', 'publication.expired') and p.id is null
                """);
        FLAWS.put("an expiry without exactly one audit entry", """
                select p.id from publication p left join audit_entry a on a.action = 'publication.expired' and a.after->>'id' = p.id
                 group by p.id, p.end_reason having count(a.number) <> case when p.end_reason = 'expired' then 1 else 0 end
                """);
        FLAWS.put("a publication that left because of what it holds, and no mark of it", """
                select p.id from publication p where p.end_reason = 'impacted'
                   and not exists (select 1 from impact i where i.approval_id = p.approval_id and i.sequence <= p.ended_sequence)
                """);
        FLAWS.put("a withdrawal without exactly one audit entry", """
                select w.id from withdrawal w left join audit_entry a on a.action = 'item.withdrawn' and a.after->>'id' = w.id
                 group by w.id having count(a.number) <> 1
                """);
        FLAWS.put("a withdrawal that ended nothing", """
                select w.id from withdrawal w left join publication p on p.item_id = w.item_id and p.ended_sequence = w.sequence and p.end_reason = 'withdrawn'
                 where p.id is null
                """);
        FLAWS.put("a withdrawn publication without its withdrawal", """
                select p.id from publication p left join withdrawal w on w.item_id = p.item_id and w.sequence >= p.ended_sequence and w.withdrawn_at = p.ended_at
                 where p.end_reason = 'withdrawn' and w.id is null
                """);
        FLAWS.put("a planned withdrawal without exactly one recall and its audit entry", """
                select w.id from withdrawal w left join recall r on r.withdrawal_id = w.id left join audit_entry a on a.action = 'recall.opened' and a.subject_id = r.id
                 where w.sequence <= (select sequence from webhook_cursor)
                 group by w.id having count(distinct r.id) <> 1 or count(a.number) <> 1
                """);
        FLAWS.put("a recall that waits for nobody", """
                select r.id from recall r where not exists (select 1 from recall_channel c where c.recall_id = r.id)
                """);
    }

    private record Current(String itemId, String key, int version) {}

    private final Installation installation;

    Soundness(Installation installation) {
        this.installation = installation;
    }

    /// @param book what was acknowledged; null to look at the installation alone
    void check(Node node, @Nullable Book book) throws Exception {
        installation.awaitIndexed(CATCH_UP);
        awaitPlanned();
        checkTables();
        if (book != null) {
            everythingAcknowledgedIsThere(book);
        }
        var administrator = node.api().signIn("ada.admin");
        trailIsWhole(administrator);
        indexEqualsTheTable();
        channelsSeeTheTable(node);
    }

    /// Reviews between two publications are written by hand here ([DeliveryFixture#reviewedAgain]), which verification rightly finds;
    /// nothing else may differ from what acts wrote.
    private static void trailIsWhole(Api administrator) throws InterruptedException {
        var verification = administrator.get("/manage/v1/audit/verification").json();
        for (int i = 0; i < 60 && verification.path("state").asString().equals("running"); i++) {
            Thread.sleep(500);
            verification = administrator.get("/manage/v1/audit/verification/last").json();
        }
        assertThat(verification.path("state").asString()).isIn("intact", "broken");
        assertThat(verification.path("findings").valueStream().filter(it -> !BY_HAND.contains(it.path("kind").asString())).map(Object::toString)).isEmpty();
    }

    /// Recalls are opened by whoever reads the change log; a restart goes on where the last one stood.
    private void awaitPlanned() throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        var behind = "select (select value from content_sequence) > (select sequence from webhook_cursor)";
        while (installation.jdbc().sql(behind).query(Boolean.class).single()) {
            assertThat(System.nanoTime()).as("the change log is planned within %s", CATCH_UP).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    /// Of what PostgreSQL has alone: every act once, with all that belongs to it.
    void checkTables() {
        var flaws = new ArrayList<String>();
        FLAWS.forEach((flaw, sql) -> installation.jdbc().sql(sql).query(String.class).list().forEach(row -> flaws.add(flaw + ": " + row)));
        assertThat(flaws).isEmpty();
    }

    private void everythingAcknowledgedIsThere(Book book) {
        assertThat(book.failures()).isEmpty();
        var publications = installation.jdbc().sql("select id || ' ' || started_sequence from publication").query(String.class).set();
        book.published().forEach(it -> assertThat(publications).contains(it.id() + " " + it.sequence()));
        var withdrawals = installation.jdbc().sql("select id || ' ' || sequence from withdrawal").query(String.class).set();
        book.withdrawn().forEach(it -> assertThat(withdrawals).contains(it.id() + " " + it.sequence()));
    }

    /// Drift 0.
    private void indexEqualsTheTable() throws Exception {
        installation.elasticsearch("POST", "/" + installation.index("catalogue") + "/_refresh", null);
        // an expiry may be written and copied between the two looks
        for (int i = 0; ; i++) {
            long before = installation.sequence();
            installation.awaitIndexed(Duration.ofSeconds(10));
            var indexed = installation.indexed();
            var current = new TreeSet<>(installation.jdbc().sql("select id from publication where ended_sequence is null").query(String.class).set());
            if (before == installation.sequence() || i == 20) {
                assertThat(indexed).as("drift").isEqualTo(current);
                break;
            }
        }
        assertThat(installation.jdbc().sql("select id from publication where end_reason = 'superseded'").query(String.class).set())
                .as("kept for lists").containsAll(installation.keptForLists());
        assertThat(installation.elasticsearch("GET", "/" + installation.index("library") + "/_count", null).path("count").asInt())
                .isEqualTo(installation.jdbc().sql("select count(*) from (select item_id, locale from content_draft union select item_id, locale from content_version) as text").query(Integer.class).single());
    }

    private void channelsSeeTheTable(Node node) {
        var now = Instant.now();
        var current = current();
        var itemIds = new TreeSet<String>();
        current.forEach(it -> itemIds.add(it.itemId()));
        try (var channel = Channel.web(node)) {
            assertThat(listed(node.api().withKey(io.throughline.testing.PeopleFixture.WEB_KEY))).as("the list").isEqualTo(itemIds);
            for (var item : current) {
                var single = channel.get(Channel.single(item.itemId()));
                assertThat(single.status()).as("%s at %s: %s", item, now, single.body()).isEqualTo(200);
                assertThat(single.json().path("version").asInt()).isEqualTo(item.version());
            }
            var ended = installation.jdbc().sql("""
                            select distinct p.item_id from publication p
                             where not exists (select 1 from publication c where c.item_id = p.item_id and c.ended_sequence is null)
                            """).query(String.class).list();
            for (var item : ended) {
                assertThat(channel.get(Channel.single(item)).status()).as(item).isIn(404, 410);
            }
            var set = channel.get(Channel.SET);
            assertThat(set.status()).as(set.body()).isEqualTo(200);
            assertThat(itemIds).containsAll(set.json().path("items").propertyNames());
            var past = channel.get(Channel.SET + "&at=" + Instant.now().minusMillis(5));
            assertThat(past.json().path("slots")).as("chosen in memory, and by reading all of PostgreSQL").isEqualTo(set.json().path("slots"));
        }
    }

    private List<Current> current() {
        return installation.jdbc().sql("""
                        select p.item_id, i.key, p.version_number from publication p join content_item i on i.id = p.item_id
                         where p.ended_sequence is null and p.market = 'GB' and p.locale = 'en-GB' and p.effective_until > now() + interval '1 hour'
                        """).query((row, _) -> new Current(row.getString(1), row.getString(2), row.getInt(3))).list();
    }

    private static TreeSet<String> listed(Api channel) {
        var found = new TreeSet<String>();
        var path = Channel.LIST;
        while (true) {
            var page = channel.get(path);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            page.json().path("items").forEach(item -> assertThat(found.add(item.path("id").asString())).as("listed twice").isTrue());
            if (!page.json().has("nextCursor")) {
                return found;
            }
            path = Channel.LIST + "&after=" + page.json().path("nextCursor").asString();
        }
    }
}
