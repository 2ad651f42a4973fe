package io.throughline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.Actor;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class AnchorTests {

    @LocalServerPort int port;
    @Value("${throughline.data}") Path data;
    @Autowired AuditTrail trail;
    @Autowired AuditLedger ledger;
    @Autowired AnchorLedger roots;
    @Autowired Anchors anchors;
    @Autowired AnchorKey key;
    @Autowired AnchorFile file;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;
    @Autowired PeopleFixture people;

    @BeforeEach
    void someEntriesAreAnchored() {
        record("itm_one");
        record("itm_two");
        record("itm_one");
        anchors.anchor();
    }

    @Test
    @Tag("P11-1")
    void eachRootIsSignedFollowsTheOneBeforeAndStandsInTheFile() throws IOException {
        record("itm_three");
        var root = anchors.anchor().orElseThrow();
        var lines = Files.readAllLines(data.resolve("audit-anchor.ndjson"));
        assertThat(lines.getLast()).isEqualTo(root.line());
        assertThat(root.previous()).isEqualTo(AnchoredRoot.hash(lines.get(lines.size() - 2)));
        assertThat(key.verifies(root)).isTrue();
        assertThat(lines).hasSize((int) root.number());
        assertThat(anchors.anchor()).as("a minute without acts").isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("audit-anchor.key")))).isEqualTo("rw-------");
        assertThat(findings()).isEmpty();
    }

    @Test
    @Tag("P11-1")
    void aChainThatWasComputedAnewIsFound() {
        tampered(() -> {
            jdbc.sql("update audit_entry set reason = 'another' where stream = 'item:itm_one' and position = 1").update();
            var previous = AuditEntry.NO_HASH;
            for (var link : ledger.listLinksAfter("item:itm_one", 0, 1_000)) {
                if ("item:itm_one".equals(link.entry().stream())) {
                    var old = link.entry();
                    var anew = old.at(old.number(), "item:itm_one", Objects.requireNonNull(old.position()), old.records(), previous);
                    jdbc.sql("update audit_entry set previous_hash = :previous, hash = :hash where number = :number")
                            .param("previous", previous).param("hash", anew.hash()).param("number", old.number()).update();
                    previous = anew.hash();
                }
            }
            jdbc.sql("update audit_stream set hash = :hash where stream = 'item:itm_one'").param("hash", previous).update();
            assertThat(trail.verify()).as("the chain alone is whole").isInstanceOf(Verification.Intact.class);
        }, "another hash");
    }

    @Test
    @Tag("P11-1")
    void aChainThatWasCutTogetherWithItsHeadIsFound() {
        tampered(() -> {
            jdbc.sql("delete from audit_entry where stream = 'item:itm_one'").update();
            jdbc.sql("delete from audit_stream where stream = 'item:itm_one'").update();
            assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
        }, "it is missing");
    }

    @Test
    @Tag("P11-1")
    void rootsThatWereTakenOutOfTheDatabaseAreFound() {
        record("itm_two");
        anchors.anchor();
        tampered(() -> {
            jdbc.sql("delete from audit_leaf where root = (select max(number) from audit_root)").update();
            jdbc.sql("delete from audit_root where number = (select max(number) from audit_root)").update();
        }, "is not in the database");
    }

    @Test
    @Tag("P11-1")
    void leavesThatWereTakenOutOrPutInAreFound() {
        tampered(() -> jdbc.sql("delete from audit_leaf where stream = 'item:itm_two' and root = (select max(root) from audit_leaf where stream = 'item:itm_two')").update(),
                "what the root binds is not what it was signed for");
        tampered(() -> jdbc.sql("delete from audit_leaf where root = 1").update(), "what the root binds is missing");
    }

    @Test
    @Tag("P11-1")
    void anEntryThatWasSlippedInBeforeARootIsFound() {
        tampered(() -> {
            var entry = ledger.listLinksAfter("item:itm_two", 0, 1).getFirst().entry();
            var slipped = entry.at(-entry.number(), "item:itm_slipped", 1, null, AuditEntry.NO_HASH); // a number below every root
            jdbc.sql("""
                            insert into audit_entry (number, at, actor_id, actor_name, action, subject_type, subject_id, reason, stream, position, previous_hash, hash)
                            select :number, at, actor_id, actor_name, action, subject_type, subject_id, reason, :stream, 1, :previous, :hash
                              from audit_entry where number = :model
                            """).param("number", slipped.number()).param("stream", slipped.stream()).param("previous", slipped.previousHash())
                    .param("hash", slipped.hash()).param("model", entry.number()).update();
            jdbc.sql("insert into audit_stream (stream, position, hash, number) values (:stream, 1, :hash, :number)")
                    .param("stream", slipped.stream()).param("hash", slipped.hash()).param("number", slipped.number()).update();
            assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
        }, "it was inserted afterwards");
    }

    @Test
    @Tag("P11-1")
    void aRootThatAnUnknownKeySignedIsNotTrusted(@TempDir Path elsewhere) {
        var stranger = new AnchorKey("", elsewhere, List.of());
        tampered(() -> {
            var last = roots.findLast().orElseThrow();
            var forged = new AnchoredRoot(last.number(), last.at(), last.installation(), last.upTo(), last.leaves(), last.merkleRoot(), last.previous(),
                    stranger.publicHalf(), "").signedBy(stranger);
            jdbc.sql("update audit_root set line = :line where number = :number").param("line", forged.line()).param("number", forged.number()).update();
        }, "is not the one in the anchor file");
        assertThat(new AnchorKey("", elsewhere, List.of(key.publicHalf())).knows(key.publicHalf())).isTrue();
    }

    @Test
    @Tag("P11-1")
    void aRootWaitsForWhoHasTakenANumberAndNotCommittedYet() {
        var root = new ArrayList<CompletableFuture<Long>>();
        transactions.executeWithoutResult(_ -> {
            trail.record(Actor.system(), "item.touched", "item", "itm_under_way", null, null, null);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) { // the entry above has its number
                    root.add(CompletableFuture.supplyAsync(roots::settled));
                    assertThat(root.getFirst()).failsWithin(Duration.ofMillis(600)).withThrowableOfType(TimeoutException.class);
                }
            });
        });
        long number = trail.listFor(List.of(new AuditSubject("item", "itm_under_way"))).getFirst().number();
        assertThat(root.getFirst()).succeedsWithin(Duration.ofSeconds(5)).satisfies(it -> assertThat(it).isGreaterThanOrEqualTo(number));
    }

    @Test
    void nothingIsBuiltUponADatabaseThatLacksAnAnchoredRoot() {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql("delete from audit_root where number = (select max(number) from audit_root)").update();
            assertThatThrownBy(anchors::catchUp).hasMessageContaining("but not in the database");
            status.setRollbackOnly();
        });
    }

    @Test
    void anotherNodesFileIsCompletedFromTheDatabaseAndTheSecondDirectoryIsWrittenOnce(@TempDir Path other, @TempDir Path copies) throws IOException {
        var second = new AnchorFile(other, copies.toString());
        Files.writeString(other.resolve("audit-anchor.ndjson"), "{\"half a line of a node that died");
        var all = roots.listAfter(0, 1_000);
        second.append(all.subList(0, 1));
        second.append(all);
        assertThat(Files.readAllLines(other.resolve("audit-anchor.ndjson"))).isEqualTo(all.stream().map(AnchoredRoot::line).toList());
        assertThat(second.findCopy(1)).contains(all.getFirst().line());
        var findings = new ArrayList<RecordFinding>();
        Files.writeString(copies.resolve("audit-root-000000000001.json"), "{}");
        transactions.executeWithoutResult(_ -> new AnchorWalk(roots, key, second, second.lastNumber(), findings::add, _ -> {}).verify());
        assertThat(findings).singleElement().satisfies(it -> assertThat(it.what()).contains("the copy of the root in the second directory says something else"));
    }

    @Test
    @Tag("P11-1")
    void whatIsNotAnchoredYetIsShownWithItsAge() {
        var before = Instant.now();
        record("itm_two");
        var answer = Api.of(port).signIn(people.administrator().username()).get("/manage/v1/audit/verification").json();
        assertThat(answer.path("anchor").path("unanchored").asLong()).isPositive();
        assertThat(Instant.parse(answer.path("anchor").path("unanchoredSince").asString())).isBetween(before.minusSeconds(60), Instant.now());
        assertThat(answer.path("anchor").path("roots").asLong()).isPositive();
    }

    @Test
    @Tag("P11-1")
    void aRootThatIsMadeWhileTheTrailIsVerifiedIsNoFinding() throws Exception {
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            var anchoring = other.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    record("itm_two");
                    anchors.anchor();
                }
            });
            do {
                assertThat(findings()).isEmpty();
            } while (!anchoring.isDone());
            anchoring.get();
        }
    }

    private void tampered(Runnable tampering, String expected) {
        assertThat(findings()).isEmpty();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            tampering.run();
            assertThat(findings()).anySatisfy(it -> assertThat(it.what()).contains(expected));
            status.setRollbackOnly();
        });
    }

    private List<RecordFinding> findings() {
        var findings = new ArrayList<RecordFinding>();
        long anchored = file.lastNumber();
        transactions.executeWithoutResult(_ -> new AnchorWalk(roots, key, file, anchored, findings::add, _ -> {}).verify());
        return findings;
    }

    private void record(String subject) {
        transactions.executeWithoutResult(_ -> trail.record(Actor.system(), "item.touched", "item", subject, null, null, null));
    }
}
