package io.throughline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/// In a database of its own: others write rows by hand, which verification rightly finds.
@IntegrationTest
@TestPropertySource(properties = "throughline.test.trail=alone")
class AuditTrailTests {

    private static final Actor ACTOR = Actor.system();

    @LocalServerPort int port;
    @Autowired AuditTrail trail;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;
    @Autowired PeopleFixture people;

    @Test
    @Tag("P11-3")
    void keepsWhoDidWhatToWhatWithOldAndNewValues() {
        record("item.renamed", "itm_values");
        var entry = trail.listFor(List.of(new AuditSubject("item", "itm_values"))).getFirst();
        assertThat(entry.actor()).isEqualTo(new AuditEntry.AuditActor("system", "Throughline"));
        assertThat(entry.before()).isEqualTo(Json.parse("{\"title\":\"old\",\"size\":1.0,\"tiny\":1e-30}"));
        assertThat(entry.after()).isEqualTo(Json.parse("{\"title\":\"new\"}"));
        assertThat(entry.reason()).isEqualTo("a reason");
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    @Tag("P11-1")
    void twentyWritersOfOneThingAtTheSameMomentMakeOneChain() throws Exception {
        var together = new CyclicBarrier(20);
        var writers = new ArrayList<Future<?>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                writers.add(executor.submit(() -> {
                    together.await();
                    for (int j = 0; j < 5; j++) {
                        record("item.raced", number % 2 == 0 ? "itm_raced" : "itm_%d_%d".formatted(number, j));
                    }
                    return null;
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'item.raced'").query(Long.class).single()).isEqualTo(100);
        assertThat(trail.listFor(List.of(new AuditSubject("item", "itm_raced")))).hasSize(50).extracting(AuditEntry::position)
                .isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    @Tag("S12")
    void anActThatIsRolledBackLeavesNoEntryButItsRefusalDoes() {
        transactions.executeWithoutResult(status -> {
            trail.record(ACTOR, "item.created", "item", "itm_undone", null, null, null);
            trail.recordRefusal(ACTOR, "item.refused", "item", "itm_undone", "not allowed");
            status.setRollbackOnly();
        });
        assertThat(trail.listFor(List.of(new AuditSubject("item", "itm_undone")))).singleElement()
                .satisfies(it -> assertThat(it.action()).isEqualTo("item.refused"));
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void whatIsUndoneToASavepointLeavesNoEntry() {
        transactions.executeWithoutResult(status -> {
            trail.record(ACTOR, "first.done", "item", "itm_savepoint", null, null, null);
            var savepoint = status.createSavepoint();
            trail.record(ACTOR, "second.done", "item", "itm_savepoint", null, null, null);
            status.rollbackToSavepoint(savepoint);
        });
        assertThat(trail.listFor(List.of(new AuditSubject("item", "itm_savepoint")))).extracting(AuditEntry::action)
                .containsExactly("first.done");
    }

    @Test
    void nothingIsRecordedOutsideATransaction() {
        assertThatThrownBy(() -> trail.record(ACTOR, "item.created", "item", "itm_x", null, null, null))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @ParameterizedTest
    @Tag("P11-3")
    @ValueSource(strings = {"update audit_entry set reason = 'x'", "delete from audit_entry", "truncate audit_entry"})
    void theTrailCantBeChanged(String statement) {
        record("item.touched", "itm_fixed");
        assertThatThrownBy(() -> jdbc.sql(statement).update()).hasMessageContaining("audit_entry is append-only");
    }

    @RepeatedTest(20)
    void actsOnTheSameThingsInOppositeOrderNeverWaitInARing() throws Exception {
        var many = IntStream.range(0, 300).mapToObj("itm_%d"::formatted).toList();
        var together = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = Stream.of(many, many.reversed()).map(order -> executor.submit(() -> {
                transactions.executeWithoutResult(_ -> {
                    order.forEach(it -> trail.record(ACTOR, "item.crossed", "item", it, null, null, null));
                    await(together);
                });
                return null;
            })).toList();
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void actsOnDifferentThingsDoNotWaitForEachOther() {
        transactions.executeWithoutResult(_ -> {
            trail.record(ACTOR, "item.touched", "item", "itm_slow", null, null, null);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) { // the entry above is written, its transaction still open
                    var other = CompletableFuture.runAsync(() -> record("item.touched", "itm_quick"));
                    assertThat(other).succeedsWithin(Duration.ofSeconds(5));
                }
            });
        });
        assertThat(trail.listFor(List.of(new AuditSubject("item", "itm_slow")))).hasSize(1);
    }

    @Test
    void anActThatIsRecordedAtTheLastMomentIsInTheTrailAndInAChain() {
        transactions.executeWithoutResult(_ -> {
            trail.record(ACTOR, "item.touched", "item", "itm_early", null, null, null);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    trail.record(ACTOR, "item.touched", "item", "itm_late", null, null, null);
                }
            });
        });
        assertThat(trail.listFor(List.of(new AuditSubject("item", "itm_late")))).singleElement()
                .satisfies(it -> assertThat(it.stream()).isEqualTo("item:itm_early"));
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @ParameterizedTest
    @Tag("P11-1")
    @ValueSource(strings = {
        "update audit_entry set reason = 'another' where number = :number",
        "update audit_entry set actor_name = 'Eve' where number = :number",
        "update audit_entry set at = at + interval '1 microsecond' where number = :number",
        "update audit_entry set after = '{\"title\":\"changed\"}' where number = :number",
        "update audit_entry set after = null where number = :number",
        "update audit_entry set stream = 'item:itm_elsewhere', position = 1 where number = :number",
        "delete from audit_entry where number = :number",
        """
        insert into audit_entry
        select nextval('audit_entry_number'), at, actor_id, actor_name, action, subject_type, subject_id, reason, before, after, previous_hash,
               repeat('a', 64), stream, position + 1000
          from audit_entry where number = :number
        """,
        """
        update audit_entry e set position = case e.position when o.position then o.position - 1 else o.position end
          from audit_entry o where o.number = :number and e.stream = o.stream and e.position in (o.position, o.position - 1)
        """
    })
    void whoeverChangesARowDirectlyIsFound(String tampering) {
        record("item.touched", "itm_tampered");
        record("item.renamed", "itm_tampered");
        record("item.touched", "itm_later");
        long number = trail.listFor(List.of(new AuditSubject("item", "itm_tampered"))).getLast().number();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("alter table audit_entry disable trigger append_only").update();
            jdbc.sql("drop index audit_entry_stream").update(); // which alone would hinder two from changing places
            assertThat(jdbc.sql(tampering).param("number", number).update()).isPositive();
            assertThat(trail.verify()).isInstanceOfSatisfying(Verification.Broken.class,
                    it -> assertThat(it.number()).isGreaterThan(number - 2));
            status.setRollbackOnly();
        });
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @ParameterizedTest
    @Tag("P11-1")
    @ValueSource(strings = {
        "delete from audit_entry where stream = 'item:itm_last' and position = (select max(position) from audit_entry where stream = 'item:itm_last')",
        "delete from audit_entry where stream = 'item:itm_last'",
        "delete from audit_stream where stream = 'item:itm_last'"
    })
    void cuttingOffTheEndIsFound(String tampering) {
        record("item.touched", "itm_last");
        record("item.touched", "itm_last");
        transactions.executeWithoutResult(status -> {
            jdbc.sql("alter table audit_entry disable trigger append_only").update();
            assertThat(jdbc.sql(tampering).update()).isPositive();
            assertThat(trail.verify()).isInstanceOf(Verification.Broken.class);
            status.setRollbackOnly();
        });
    }

    @ParameterizedTest
    @Tag("P11-1")
    @ValueSource(strings = {
        "update audit_entry set reason = 'another' where number = 2 - :last", // none: it is intact
        "update audit_entry set reason = 'another' where stream is null and number = :last - 1",
        "delete from audit_entry where stream is null and number = :last - 1",
        "delete from audit_entry where stream is null and number = :last",
        "update audit_entry set stream = 'item:itm_old', position = 1 where stream is null and number = :last"
    })
    void theOneChainFromBeforeThereWereStreamsIsStillVerified(String tampering) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql("delete from audit_entry").update();
            jdbc.sql("delete from audit_stream").update();
            var hash = AuditEntry.NO_HASH;
            for (int i = 1; i <= 3; i++) {
                var fields = Json.object().put("number", i).put("at", "2026-11-30T12:00:00Z").put("action", "item.touched").put("subjectType", "item")
                        .put("subjectId", "itm_old").put("previousHash", hash);
                fields.putObject("actor").put("id", "system").put("displayName", "Throughline");
                var next = CanonicalJson.sha256(fields);
                jdbc.sql("""
                                insert into audit_entry (number, at, actor_id, actor_name, action, subject_type, subject_id, previous_hash, hash)
                                values (:number, '2026-11-30T12:00:00Z', 'system', 'Throughline', 'item.touched', 'item', 'itm_old', :previous, :hash)
                                """).param("number", i).param("previous", hash).param("hash", next).update();
                hash = next;
            }
            jdbc.sql("update audit_head set number = 3, hash = :hash").param("hash", hash).update();
            int changed = jdbc.sql(tampering).param("last", 3).update();
            assertThat(trail.verify()).isInstanceOf(changed == 0 ? Verification.Intact.class : Verification.Broken.class);
            status.setRollbackOnly();
        });
    }

    @Test
    @Tag("P11-2")
    @Tag("A11-3")
    void theExportIsCompleteAndVerifiesWithoutTheServer() {
        record("item.renamed", "itm_exported");
        var export = Api.of(port).signIn(people.administrator().username()).get("/manage/v1/audit/export");
        assertThat(export.header("content-type")).hasValueSatisfying(it -> assertThat(it).startsWith("application/x-ndjson"));
        var heads = new TreeMap<String, String>();
        var positions = new HashMap<String, Long>();
        long number = 0;
        for (var line : export.body().lines().toList()) {
            var entry = (ObjectNode) Json.parse(line);
            var hash = entry.remove("hash").stringValue();
            var stream = entry.get("stream").stringValue();
            assertThat(entry.get("number").longValue()).isGreaterThan(number);
            number = entry.get("number").longValue();
            assertThat(entry.get("position").longValue()).isEqualTo(positions.merge(stream, 1L, Long::sum));
            assertThat(entry.get("previousHash").stringValue()).isEqualTo(heads.getOrDefault(stream, "0".repeat(64)));
            assertThat(CanonicalJson.sha256(entry)).isEqualTo(hash);
            heads.put(stream, hash);
        }
        assertThat(export.body()).contains("itm_exported").contains("audit.exported");
        var tree = new MerkleTree();
        heads.forEach((stream, hash) -> tree.add(MerkleTree.leaf(stream, positions.get(stream), hash)));
        assertThat(trail.verify()).isEqualTo(new Verification.Intact(export.body().lines().count(), tree.root()));
    }

    @Test
    @Tag("A11-1")
    void anAdministratorReadsTheTrailPageByPageAndNobodyElseDoes() {
        for (int i = 0; i < 5; i++) {
            record("item.paged", "itm_paged");
        }
        var admin = Api.of(port).signIn(people.administrator().username());
        var seen = new ArrayList<Long>();
        var next = "";
        do {
            var page = admin.get("/manage/v1/audit?subjectId=itm_paged&limit=2" + next).json();
            page.get("entries").forEach(it -> seen.add(it.get("number").longValue()));
            next = page.has("nextCursor") ? "&after=" + page.get("nextCursor").stringValue() : "";
        } while (!next.isEmpty());
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(admin.get("/manage/v1/audit/verification").json().get("state").stringValue()).isEqualTo("intact");

        var writer = Api.of(port).signIn(people.writer().username());
        assertThat(writer.get("/manage/v1/audit").status()).isEqualTo(403);
        assertThat(trail.list(new AuditFilter("route", null, people.writer().id(), "access.refused"), 10, null).items()).isNotEmpty();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void record(String action, String subject) {
        transactions.executeWithoutResult(_ -> trail.record(ACTOR, action, "item", subject, "a reason",
                Json.parse("{\"title\":\"old\",\"size\":1.0,\"tiny\":1e-30}"), Json.parse("{\"title\":\"new\"}")));
    }
}
