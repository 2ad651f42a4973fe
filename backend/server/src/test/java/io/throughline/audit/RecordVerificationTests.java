package io.throughline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Actor;
import io.throughline.shared.Sha256;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/// The demo portfolio, altered as a superuser of the database can: triggers and foreign keys are off.
@IntegrationTest
@TestPropertySource(properties = "demo=true")
class RecordVerificationTests {

    /// A value beside the one that is there, as small a change as the type allows.
    private static final Map<String, String> ANOTHER = Map.of(
            "text", "case when %1$s is null then 'x' else left(%1$s, -1) || case right(%1$s, 1) when '1' then '2' else '1' end end",
            "integer", "coalesce(%1$s, 0) + 1",
            "bigint", "coalesce(%1$s, 0) + 1",
            "boolean", "not coalesce(%1$s, false)",
            "timestamp with time zone", "coalesce(%1$s, now()) + interval '1 microsecond'",
            "date", "coalesce(%1$s, current_date) + 1",
            "jsonb", "coalesce(%1$s, '{}') || '{\"x\": 1}'",
            "ARRAY", "array_append(%1$s, 'x')");

    @LocalServerPort int port;
    @Value("${throughline.blobs}") Path blobs;
    @Autowired AuditTrail trail;
    @Autowired AuditedKinds kinds;
    @Autowired RecordVerifier verifier;
    @Autowired ObjectProvider<AuditedRecords> declared;
    @Autowired DataSource database;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;
    @Autowired PeopleFixture people;

    /// What the demo has none of.
    @BeforeEach
    void thereIsARowOfEachKind() throws IOException {
        var bytes = "a file".getBytes(StandardCharsets.UTF_8);
        var sha256 = Sha256.hex(bytes);
        var file = blobs.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        if (jdbc.sql("select exists (select from blob where sha256 = :it)").param("it", sha256).query(Boolean.class).single()) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("insert into blob (sha256, media_type, bytes, created_at) values (:sha256, 'text/plain', 6, now())").param("sha256", sha256).update();
            jdbc.sql("insert into ingest_source (file_sha256, item_id) select :sha256, id from content_item limit 1").param("sha256", sha256).update();
            jdbc.sql("""
                    insert into content_origin (id, item_id, locale, from_locale, from_version, started_by, started_at)
                    select 'org_1', id, 'fr-FR', 'en-GB', 1, created_by, now() from content_item limit 1
                    """).update();
            jdbc.sql("""
                    insert into review_annotation (id, job_id, circulation, quote, prefix, suffix, body, required, author_id, created_at)
                    select 'ann_1', job_id, number, 'words', 'some ', ' here', 'Which?', true, started_by, now() from review_circulation limit 1
                    """).update();
            jdbc.sql("""
                    insert into review_annotation_reply (id, annotation_id, body, resolves, author_id, created_at)
                    select 'anr_1', id, 'These.', true, author_id, now() from review_annotation where id = 'ann_1'
                    """).update();
            jdbc.sql("""
                    insert into strategy_ending (activation_sequence, ended_at, reason, ended_by, sequence)
                    select sequence, now(), 'over', activated_by, 1000000 from strategy_activation limit 1
                    """).update();
            jdbc.sql("""
                    insert into impact (id, approval_id, item_id, locale, market, publication_id, part_id, part_version, relation, cause, reason,
                      consequence, served_until, sequence, impacted_at)
                    select 'imp_1', p.approval_id, p.item_id, p.locale, p.market, p.id, i.id, 1, 'claim', 'changed', 'another', 'served-until', now(), 1, now()
                      from publication p, content_item i limit 1
                    """).update();
            jdbc.sql("""
                    insert into reference_notice (id, reference_id, kind, noticed_on, doi, url, reason, recorded_by, recorded_at)
                    select 'ntc_1', id, 'retracted', current_date, '10.5555/notice', 'https://publisher.example/notice', 'fabricated', created_by, now()
                      from reference order by created_at limit 1
                    """).update();
            jdbc.sql("""
                    insert into reference_notice_end (notice_id, reason, recorded_by, recorded_at)
                    select id, 'mistaken', recorded_by, now() from reference_notice where id = 'ntc_1'
                    """).update();
            jdbc.sql("insert into content_origin_text (origin_id, document) values ('org_1', '{}')").update();
            jdbc.sql("""
                    insert into copy_confirmation (origin_id, words_sha256, confirmed_by, confirmed_at)
                    select id, repeat('a', 64), started_by, now() from content_origin where id = 'org_1'
                    """).update();
            jdbc.sql("insert into impact_end (impact_id, sequence, ended_at) values ('imp_1', 2, now())").update();
            trail.record(Actor.system(), "test.prepared", "test", "rows", null, null, null);
        });
    }

    @Test
    @Tag("P11-1")
    void everyAlteredValueOfEveryKindIsFound() {
        assertThat(verifier.verify(Map.of(), _ -> {}).findings()).isEmpty();
        var found = new TreeSet<String>();
        var missed = new ArrayList<String>();
        for (var kind : kinds.list()) {
            for (var column : columns(kind.table())) {
                var id = jdbc.sql("select min(%s) from %s audited".formatted(new KindSql(kind).id(), kind.table())).query(String.class).single();
                tampered(() -> {
                    try {
                        assertThat(jdbc.sql("update %s audited set %s = %s where %s = :id".formatted(kind.table(), column.getKey(),
                                ANOTHER.get(column.getValue()).formatted(column.getKey()), new KindSql(kind).id())).param("id", id).update()).isOne();
                    } catch (DataIntegrityViolationException refused) {
                        return; // by a check on the column, which a superuser's update does not get past
                    }
                    if (rowsOf(kind).stream().anyMatch(it -> it.what().contains(column.getKey()) || kind.key().contains(column.getKey()))) {
                        found.add(kind.name());
                    } else {
                        missed.add(kind.name() + "." + column.getKey());
                    }
                });
            }
        }
        assertThat(missed).isEmpty();
        assertThat(found).containsExactlyElementsOf(kinds.list().stream().map(AuditedKind::name).toList());
        assertThat(found).contains("version", "verdict", "signature", "approval", "annotation", "annotation-reply", "contributor", "person", "reference",
                "withdrawal", "publication", "blob", "strategy-approval", "circulation", "item").hasSizeGreaterThanOrEqualTo(14);
    }

    @Test
    @Tag("P11-1")
    void aFindingSaysWhatDiffersAndSinceWhenAndStandsInTheAnswer() {
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(admin.get("/manage/v1/audit/verification").json().path("state").asString()).isEqualTo("intact");
        var market = "select market from approval order by id limit 1";
        var was = jdbc.sql(market).query(String.class).single();
        bySuperuser("update approval set market = 'FR' where id = (select min(id) from approval)");
        try {
            var answer = admin.get("/manage/v1/audit/verification").json();
            assertThat(answer.path("state").asString()).isEqualTo("broken");
            assertThat(answer.path("findings").get(0).path("kind").asString()).isEqualTo("approval");
            assertThat(answer.path("findings").get(0).path("what").asString()).contains("market was “%s”, is “FR”".formatted(was));
            assertThat(answer.path("findings").get(0).has("since")).isTrue();
            assertThat(admin.get("/manage/v1/audit/verification/last").json().path("state").asString()).isEqualTo("broken");
            assertThat(trail.list(new AuditFilter("audit", "verification", null, "audit.verification-broken"), 1, null).items()).hasSize(1);
        } finally {
            bySuperuser("update approval set market = '%s' where id = (select min(id) from approval)".formatted(was));
        }
        assertThat(admin.get("/manage/v1/audit/verification").json().path("state").asString()).isEqualTo("intact");
    }

    @Test
    @Tag("P11-1")
    void aVerificationThatIsRunningIsJoined() {
        var admin = Api.of(port).signIn(people.administrator().username());
        var started = admin.post("/manage/v1/audit/verification", null);
        assertThat(started.status()).isEqualTo(202);
        assertThat(admin.get("/manage/v1/audit/verification").json().path("kinds").size()).isGreaterThan(kinds.list().size());
        assertThat(Api.of(port).signIn(people.writer().username()).get("/manage/v1/audit/verification/last").status()).isEqualTo(403);
    }

    @Test
    @Tag("P11-1")
    void rowsThatWereDeletedOrInsertedPastTheProductAreFound() {
        tampered(() -> {
            jdbc.sql("delete from review_verdict where task_id = (select min(task_id) from review_verdict)").update();
            assertThat(rowsOf(kind("verdict"))).singleElement().satisfies(it -> assertThat(it.what()).isEqualTo("it is missing"));
        });
        var insert = """
                insert into brand (key, name, established_name, therapeutic_area, indications, life_cycle_stage)
                select 'slipped', 'Slipped', established_name, therapeutic_area, indications, life_cycle_stage from brand limit 1
                """;
        tampered(() -> {
            jdbc.sql(insert).update();
            assertThat(rowsOf(kind("brand"))).singleElement().satisfies(it -> assertThat(it.what()).contains("no record that this row was written"));
        });
        transactions.executeWithoutResult(status -> { // with the triggers on, but without an act
            jdbc.sql(insert).update();
            assertThat(records()).singleElement().satisfies(it -> {
                assertThat(it.kind()).isEqualTo("brand");
                assertThat(it.what()).contains("no act in the trail wrote this row");
            });
            status.setRollbackOnly();
        });
    }

    @Test
    @Tag("P11-1")
    void whoeverAltersTheRecordTooIsFoundByTheEntryThatAnswersForIt() {
        tampered(() -> {
            jdbc.sql("update withdrawal set reason = 'another'").update();
            jdbc.sql("update audit_record set facts = jsonb_set(facts, '{reason}', '\"another\"') where kind = 'withdrawal'").update();
            assertThat(rowsOf(kind("withdrawal"))).isEmpty();
            assertThat(records()).isNotEmpty().allSatisfy(it -> assertThat(it.what()).contains("are not those that it was written with"));
        });
        tampered(() -> {
            jdbc.sql("update audit_entry set records_sha256 = repeat('a', 64) where records is not null").update();
            assertThat(trail.verify()).isInstanceOf(Verification.Broken.class);
        });
    }

    @Test
    @Tag("P11-1")
    void aTriggerThatIsOffOrGoneIsFound() {
        tampered(() -> {
            jdbc.sql("alter table approval disable trigger append_only").update();
            jdbc.sql("drop trigger audited on person").update();
            assertThat(verifier.verify(Map.of(), _ -> {}).findings()).extracting(RecordFinding::id).containsExactly("append_only on approval", "audited on person");
        });
    }

    @Test
    @Tag("P11-1")
    void whatMustHoldWithinAndBetweenRowsIsCheckedToo() {
        var alterations = new HashMap<>(Map.of(
                "version", "update content_version set canonical = replace(canonical, '\"title\"', '\"Title\"')",
                "signature", "update electronic_signature set meaning = meaning || '.'",
                "reference", "update reference set csl = csl || '{\"volume\": \"0\"}'",
                "circulation", "update review_circulation set version_sha256 = repeat('a', 64)",
                "verdict", "update review_verdict set person_id = 'usr_somebody'",
                "approval", "update approval set version_sha256 = repeat('a', 64)",
                "publication", "update publication set document = document || ' '",
                "strategy-version", "update strategy_version set document = document || '{\"x\": 1}'",
                "strategy-approval", "update strategy_approval set sha256 = repeat('a', 64)",
                "blob", "update blob set bytes = bytes + 1"));
        alterations.put("rendition", "update rendition set canonical = replace(canonical, 'title', 'titel')");
        var checks = declared.stream().flatMap(it -> it.checks().stream()).toList();
        assertThat(checks).extracting(RecordCheck::kind).containsExactlyInAnyOrderElementsOf(alterations.keySet());
        for (var check : checks) {
            assertThat(findings(it -> it.check(check))).isEmpty();
            tampered(() -> {
                jdbc.sql(alterations.get(check.kind())).update();
                assertThat(findings(it -> it.check(check))).as(check.kind()).isNotEmpty();
            });
        }
    }

    @Test
    @Tag("P11-1")
    void aFileThatHoldsOtherBytesThanItsNameSaysIsFound() throws IOException {
        var sha256 = jdbc.sql("select sha256 from blob limit 1").query(String.class).single();
        Files.writeString(blobs.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2)), "b file");
        assertThat(verifier.verify(Map.of(), _ -> {}).findings()).singleElement()
                .satisfies(it -> assertThat(it.what()).isEqualTo("its file holds other bytes than its name says"));
    }

    @Test
    void rowsFromBeforeTheirKindWasRecordedAreTakenOverOnce() {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql("delete from audit_record where kind = 'item'").update();
            jdbc.sql("delete from audited_kind where kind = 'item'").update();
            jdbc.sql("set local session_replication_role = origin").update();
            assertThat(rowsOf(kind("item"))).isNotEmpty();
            var connection = DataSourceUtils.getConnection(database);
            kinds.migrate(new Context() {
                @Override
                public Configuration getConfiguration() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Connection getConnection() {
                    return connection;
                }
            });
            assertThat(rowsOf(kind("item"))).isEmpty();
            assertThat(trail.listFor(List.of(new AuditSubject("audit", "item")))).singleElement().satisfies(it -> {
                assertThat(it.action()).isEqualTo("records.taken-over");
                assertThat(it.records()).isNotNull();
            });
            status.setRollbackOnly();
        });
    }

    private AuditedKind kind(String name) {
        return kinds.list().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    private List<RecordFinding> rowsOf(AuditedKind kind) {
        return findings(it -> it.rows(kind));
    }

    private List<RecordFinding> records() {
        return findings(RecordWalk::batches);
    }

    private List<RecordFinding> findings(Consumer<RecordWalk> walk) {
        var findings = new ArrayList<RecordFinding>();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("set local timezone = 'UTC'").update();
            walk.accept(new RecordWalk(new JdbcTemplate(database), findings::add, _ -> {}));
        });
        return findings;
    }

    private List<Map.Entry<String, String>> columns(String table) {
        return jdbc.sql("select column_name, data_type from information_schema.columns where table_schema = current_schema and table_name = :table and is_generated = 'NEVER'")
                .param("table", table).query((row, _) -> Map.entry(row.getString("column_name"), row.getString("data_type"))).list();
    }

    private void tampered(Runnable tampering) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            tampering.run();
            status.setRollbackOnly();
        });
    }

    private void bySuperuser(String sql) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql(sql).update();
        });
    }
}
