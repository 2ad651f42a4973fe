package io.throughline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
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
    void twentyWritersAtTheSameMomentMakeOneChain() throws Exception {
        var together = new CyclicBarrier(20);
        var writers = new ArrayList<Future<?>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                writers.add(executor.submit(() -> {
                    together.await();
                    for (int j = 0; j < 5; j++) {
                        record("item.raced", "itm_%d_%d".formatted(number, j));
                    }
                    return null;
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'item.raced'").query(Long.class).single()).isEqualTo(100);
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

    @ParameterizedTest
    @Tag("P11-1")
    @ValueSource(strings = {
        "update audit_entry set reason = 'another' where number = :number",
        "update audit_entry set actor_name = 'Eve' where number = :number",
        "update audit_entry set at = at + interval '1 microsecond' where number = :number",
        "update audit_entry set after = '{\"title\":\"changed\"}' where number = :number",
        "update audit_entry set after = null where number = :number",
        "delete from audit_entry where number = :number"
    })
    void whoeverChangesARowDirectlyIsFound(String tampering) {
        record("item.renamed", "itm_tampered");
        record("item.touched", "itm_later");
        long number = trail.listFor(List.of(new AuditSubject("item", "itm_tampered"))).getLast().number();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("alter table audit_entry disable trigger append_only").update();
            assertThat(jdbc.sql(tampering).param("number", number).update()).isOne();
            assertThat(trail.verify()).isInstanceOfSatisfying(Verification.Broken.class,
                    it -> assertThat(it.number()).isBetween(number, number + 1));
            status.setRollbackOnly();
        });
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    @Tag("P11-1")
    void cuttingOffTheEndIsFound() {
        record("item.touched", "itm_last");
        transactions.executeWithoutResult(status -> {
            jdbc.sql("alter table audit_entry disable trigger append_only").update();
            jdbc.sql("delete from audit_entry where number = (select max(number) from audit_entry)").update();
            assertThat(trail.verify()).isInstanceOf(Verification.Broken.class);
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
        var previous = "0".repeat(64);
        long number = 0;
        for (var line : export.body().lines().toList()) {
            var entry = (ObjectNode) Json.parse(line);
            var hash = entry.remove("hash").stringValue();
            assertThat(entry.get("number").longValue()).isEqualTo(++number);
            assertThat(entry.get("previousHash").stringValue()).isEqualTo(previous);
            assertThat(CanonicalJson.sha256(entry)).isEqualTo(hash);
            previous = hash;
        }
        assertThat(export.body()).contains("itm_exported").contains("audit.exported");
        assertThat(trail.verify()).isEqualTo(new Verification.Intact(number, previous));
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

    private void record(String action, String subject) {
        transactions.executeWithoutResult(_ -> trail.record(ACTOR, action, "item", subject, "a reason",
                Json.parse("{\"title\":\"old\",\"size\":1.0,\"tiny\":1e-30}"), Json.parse("{\"title\":\"new\"}")));
    }
}
