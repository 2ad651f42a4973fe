package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.Catalogue;
import io.throughline.content.ContentDesk;
import io.throughline.content.Contents;
import io.throughline.content.Item;
import io.throughline.content.NewItem;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import io.throughline.publication.Publication;
import io.throughline.publication.PublicationDesk;
import io.throughline.publication.PublishOutcome;
import io.throughline.publication.WithdrawOutcome;
import io.throughline.publication.Withdrawal;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/// Writes items and has them approved by rows alone, so that tests of delivery tell only their own story.
@TestComponent
public class DeliveryFixture {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ContentDesk content;
    private final PublicationDesk desk;
    private final PeopleFixture people;
    private final Contents contents;
    private final Renditions renditions;
    private final MarketPacks packs;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Catalogue catalogue;

    DeliveryFixture(ContentDesk content, PublicationDesk desk, PeopleFixture people, Contents contents, Renditions renditions, MarketPacks packs, JdbcClient jdbc, PlatformTransactionManager transactions,
            Catalogue catalogue) {
        this.content = content;
        this.desk = desk;
        this.people = people;
        this.contents = contents;
        this.renditions = renditions;
        this.packs = packs;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.catalogue = catalogue;
    }

    public static ObjectNode article(String title) {
        return document(title).put("summary", "What to know about " + title + ".").put("body", "# " + title + "\n\nStart low, go **slow**.");
    }

    public static ObjectNode document(String title) {
        var document = Json.object().put("title", title);
        classify(document, "audience", "hcp");
        classify(document, "stage", "considering");
        classify(document, "need", "dosing");
        return document;
    }

    public static ObjectNode classify(ObjectNode document, String dimension, String... notations) {
        var list = document.withObject("/classification").putArray(dimension);
        for (var notation : notations) {
            list.add(notation);
        }
        return document;
    }

    public static ObjectNode safety(String title) {
        var document = Json.object().put("title", title).put("body", "Hypotension was more frequent than with placebo.");
        return classify(document, "audience", "hcp");
    }

    public static ObjectNode prescribing(String title) {
        var document = Json.object().put("title", title).put("body", "One tablet daily.").put("labelUrl", "https://label.example/pi")
                .put("establishedName", "inventamol");
        return classify(document, "audience", "hcp");
    }

    public Actor writer() {
        return people.writer();
    }

    public Actor signatory() {
        return people.signatory();
    }

    public void brand(String key) {
        jdbc.sql("""
                        insert into brand (key, name, established_name, therapeutic_area, indications, life_cycle_stage)
                        values (:key, :key, 'inventamol', 'cardiology', '{hfref}', 'growth') on conflict do nothing
                        """).param("key", key).update();
    }

    public Item written(String type, String kind, @Nullable String brand, ObjectNode document) {
        return written(type, kind, brand, "en-GB", document);
    }

    public Item written(String type, String kind, @Nullable String brand, String locale, ObjectNode document) {
        var made = content.create(people.writer(), new NewItem(type, kind, brand, locale, document));
        return switch (made) {
            case ContentDesk.Creation.Created(var item, _) -> item;
            case ContentDesk.Creation.Invalid(var findings) -> throw new AssertionError(findings);
        };
    }

    /// Freezes the draft and certifies it; answers with the approval's id.
    public String approved(Item item, String locale, String market, Instant from, Instant until) {
        return transaction.execute(_ -> {
            var frozen = content.freeze(people.writer(), item.id(), locale,
                    jdbc.sql("select revision from content_draft where item_id = :id and locale = :locale").param("id", item.id())
                            .param("locale", locale).query(Integer.class).single());
            if (!(frozen instanceof ContentDesk.Freezing.Frozen(var version))) {
                throw new AssertionError(frozen);
            }
            return approval(item, locale, market, version, from, until);
        });
    }

    /// Another approval of the newest version, for this market or another.
    public String approvedToo(Item item, String locale, String market, Instant from, Instant until) {
        return approval(item, locale, market, contents.latestVersion(item.id(), locale).orElseThrow(), from, until);
    }

    /// An approval of the version as it reads in the market, whose words are frozen now.
    private String approval(Item item, String locale, String market, Version version, Instant from, Instant until) {
        return transaction.execute(_ -> {
            var code = code(market);
            var rendition = renditions.find(item.id(), locale, version.number(), market)
                    .orElseGet(() -> renditions.freeze(item, version, packs.get(market), code, "2026-11"));
            return approval(item, locale, market, version.number(), version.sha256(), rendition.sha256(), code, from, until);
        });
    }

    private static String code(String market) {
        return market + "-2026-" + "%05d".formatted(NUMBER.incrementAndGet());
    }

    /// The draft with other words.
    public void saved(Item item, int revision, ObjectNode document) {
        if (!(content.saveDraft(people.writer(), item.id(), "en-GB", revision, document) instanceof ContentDesk.Saving.Saved)) {
            throw new AssertionError("the draft of " + item.key() + " was not saved");
        }
    }

    /// The same item with a first draft in another locale.
    public void writtenIn(Item item, String locale, ObjectNode document) {
        content.startDraft(people.writer(), item.id(), locale, null);
        if (!(content.saveDraft(people.writer(), item.id(), locale, 1, document) instanceof ContentDesk.Saving.Saved)) {
            throw new AssertionError("the draft of " + item.key() + " was not saved");
        }
    }

    /// The same item with a draft from its newest version.
    public Item redrafted(Item item) {
        content.startDraft(people.writer(), item.id(), "en-GB", null);
        return item;
    }

    /// A new version with these words, approved for the market.
    public String changed(Item item, ObjectNode document, String market, Instant from, Instant until) {
        content.startDraft(people.writer(), item.id(), "en-GB", null);
        int revision = jdbc.sql("select revision from content_draft where item_id = :id and locale = 'en-GB'").param("id", item.id())
                .query(Integer.class).single();
        saved(item, revision, document);
        return approved(item, "en-GB", market, from, until);
    }

    /// Another approval of a version that is there already, by rows.
    ///
    /// @param rendition null: from before renditions were kept
    public String approval(Item item, String locale, String market, int version, String sha256, @Nullable String rendition, String code, Instant from, Instant until) {
        var signatory = people.signatory();
        var job = Ids.next("job");
        var approval = Ids.next("apr");
        var signature = Ids.next("sig");
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into electronic_signature (id, person_id, printed_name, registration_number, meaning, signed_at, subject_type,
                          subject_id, sha256, components, seal)
                        values (:id, :person, 'Dr Sam Signa', 'REG', 'certified', :at, 'version', :item, :sha256, 'password', 'sealed')
                        """).param("id", signature).param("person", signatory.id()).param("at", now).param("item", item.id()).param("sha256", rendition == null ? sha256 : rendition).update();
        jdbc.sql("""
                        insert into review_job (id, code, item_id, locale, market, date_of_preparation, opened_by, opened_at, state, closed_at)
                        values (:id, :code, :item, :locale, :market, '2026-11', :by, :at, 'certified', :at)
                        """).param("id", job).param("code", code).param("item", item.id()).param("locale", locale).param("market", market)
                .param("by", people.writer().id()).param("at", now).update();
        jdbc.sql("""
                        insert into review_circulation (job_id, number, version_number, version_sha256, rendition_sha256, title, changed_blocks, total_blocks, started_by, started_at, ended_at, outcome)
                        values (:job, 1, :version, :sha256, :rendition, 'As submitted', 1, 1, :by, :at, :at, 'certified')
                        """).param("job", job).param("version", version).param("sha256", sha256).param("rendition", rendition).param("by", people.writer().id()).param("at", now).update();
        jdbc.sql("""
                        insert into approval (id, job_id, circulation, item_id, locale, version_number, version_sha256, rendition_sha256, market, valid_from,
                          valid_until, job_code, date_of_preparation, approved_at, certified_by, signature_id)
                        values (:id, :job, 1, :item, :locale, :version, :sha256, :rendition, :market, :from, :until, :code, '2026-11', :at, :by, :signature)
                        """).param("id", approval).param("job", job).param("item", item.id()).param("locale", locale).param("version", version)
                .param("sha256", sha256).param("rendition", rendition).param("market", market).param("from", from.atOffset(ZoneOffset.UTC)).param("until", until.atOffset(ZoneOffset.UTC))
                .param("code", code).param("at", now).param("by", signatory.id()).param("signature", signature).update();
        return approval;
    }

    /// What a new review leads to, by rows: another approval of the newest approved version, for the same market and as long.
    public static void reviewedAgain(JdbcClient jdbc, String itemId, String market) {
        var job = Ids.next("job");
        jdbc.sql("""
                        insert into review_job (id, code, item_id, locale, market, date_of_preparation, opened_by, opened_at, state, closed_at)
                        select :job, :code, j.item_id, j.locale, j.market, j.date_of_preparation, j.opened_by, now(), j.state, now()
                          from approval a join review_job j on j.id = a.job_id
                         where a.item_id = :item and a.market = :market order by a.approved_at desc, a.id desc limit 1
                        """)
                .param("job", job).param("code", market + "-2026-R" + job.substring(4)).param("item", itemId).param("market", market).update();
        jdbc.sql("""
                        insert into review_circulation (job_id, number, version_number, version_sha256, rendition_sha256, title, changed_blocks,
                          total_blocks, started_by, started_at, ended_at, outcome)
                        select :job, 1, a.version_number, a.version_sha256, a.rendition_sha256, 'As submitted', 1, 1, a.certified_by, now(), now(), 'certified'
                          from approval a where a.item_id = :item and a.market = :market order by a.approved_at desc, a.id desc limit 1
                        """)
                .param("job", job).param("item", itemId).param("market", market).update();
        jdbc.sql("""
                        insert into approval (id, job_id, circulation, item_id, locale, version_number, version_sha256, rendition_sha256, market,
                          valid_from, valid_until, job_code, date_of_preparation, approved_at, certified_by, signature_id)
                        select :id, :job, 1, a.item_id, a.locale, a.version_number, a.version_sha256, a.rendition_sha256, a.market, a.valid_from, a.valid_until,
                               (select code from review_job where id = :job), a.date_of_preparation, now(), a.certified_by, a.signature_id
                          from approval a where a.item_id = :item and a.market = :market order by a.approved_at desc, a.id desc limit 1
                        """)
                .param("id", Ids.next("apr")).param("job", job).param("item", itemId).param("market", market).update();
    }

    /// Until the index has every change; lists need it, and a server that has just started is still making it.
    public void awaitIndex() {
        for (int i = 0; i < 400 && catalogue.indexedUpTo() < catalogue.head(); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        assertThat(catalogue.indexedUpTo()).isEqualTo(catalogue.head());
    }

    /// Written, approved for GB for a year and published.
    public Item live(String type, String kind, @Nullable String brand, ObjectNode document) {
        return liveIn("GB", "en-GB", type, kind, brand, document);
    }

    /// The same in another market.
    public Item liveIn(String market, String locale, String type, String kind, @Nullable String brand, ObjectNode document) {
        var item = written(type, kind, brand, locale, document);
        approved(item, locale, market, Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        publishedIn(market, locale, item, null, null);
        return item;
    }

    /// Approved and published for these audiences, whatever the rules of publishing say today: as an earlier release, or an earlier pack of
    /// the market, would have let it through.
    void liveFor(String market, String locale, Item item, String... audience) {
        jdbc.sql("""
                        create table if not exists test_published_for (item_id text primary key, audience jsonb not null);
                        create or replace function test_publish_for() returns trigger language plpgsql as $$
                        begin
                          new.facets := coalesce((select jsonb_set(new.facets, '{audience}', audience) from test_published_for where item_id = new.item_id), new.facets);
                          return new;
                        end $$;
                        create or replace trigger test_published_for before insert on publication for each row execute function test_publish_for();
                        """).update();
        jdbc.sql("insert into test_published_for values (:item, to_jsonb(cast(:audience as text[])))").param("item", item.id()).param("audience", audience).update();
        approved(item, locale, market, Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        publishedIn(market, locale, item, null, null);
    }

    public Publication published(Item item, String market) {
        return published(item, market, null, null);
    }

    /// The same version in the place of the one that is there: it ends a millisecond earlier, since the very same would change nothing.
    public Publication publishedAnew(Item item, String market) {
        var until = jdbc.sql("select min(effective_until) from publication where item_id = :id and market = :market and ended_sequence is null")
                .param("id", item.id()).param("market", market).query(java.time.OffsetDateTime.class).single().toInstant();
        return published(item, market, null, until.minusMillis(1));
    }

    /// What was withdrawn before goes through another review first.
    public Publication published(Item item, String market, @Nullable Instant from, @Nullable Instant until) {
        reviewedAgainIfWithdrawn(item, market);
        return publishedIn(market, "en-GB", item, from, until);
    }

    private Publication publishedIn(String market, String locale, Item item, @Nullable Instant from, @Nullable Instant until) {
        var outcome = desk.publish(people.writer(), item.id(), locale, market, null, from, until);
        if (outcome instanceof PublishOutcome.Published(var publication)) {
            return publication;
        }
        throw new AssertionError(outcome);
    }

    public void reviewedAgainIfWithdrawn(Item item, String market) {
        if (jdbc.sql("""
                        select exists (select 1 from approval where item_id = :item and market = :market) and not exists (
                          select 1 from approval a where a.item_id = :item and a.market = :market
                             and not exists (select 1 from approval_end e where e.approval_id = a.id))
                        """).param("item", item.id()).param("market", market).query(Boolean.class).single()) {
            reviewedAgain(jdbc, item.id(), market);
        }
    }

    public Withdrawal withdrawn(Item item) {
        var outcome = desk.withdraw(people.signatory(), item.id(), null, null, "A new safety signal.");
        if (outcome instanceof WithdrawOutcome.Withdrawn(var withdrawal)) {
            return withdrawal;
        }
        throw new AssertionError(outcome);
    }

    public Actor with(Set<Role> roles, Set<String> brands, Set<String> markets) {
        var name = "somebody." + NUMBER.incrementAndGet();
        return people.person(name, "Somebody", roles, brands, markets).asActor();
    }

    public List<String> current(Item item) {
        return jdbc.sql("select id from publication where item_id = :id and ended_sequence is null").param("id", item.id()).query(String.class).list();
    }
}
