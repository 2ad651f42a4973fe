package io.throughline.content;

import static io.throughline.content.ContentFixture.article;
import static io.throughline.content.ContentFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.ContentDesk.Creation;
import io.throughline.content.ContentDesk.Discarding;
import io.throughline.content.ContentDesk.Freezing;
import io.throughline.content.ContentDesk.Saving;
import io.throughline.content.ContentDesk.Starting;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.ProblemException;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import io.throughline.testing.IntegrationTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class ContentDeskTests {

    @Autowired ContentDesk desk;
    @Autowired Contents contents;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;

    ContentFixture fixture;
    Actor writer;

    @BeforeEach
    void people() {
        fixture = new ContentFixture(jdbc);
        writer = fixture.writer("wanda");
    }

    @Test
    void aNewItemHasAKeyOfItsTypeAndItsFirstDraft() {
        var first = created(article("One"));
        var second = created(article("Two"));
        assertThat(number(second.item()) - number(first.item())).isEqualTo(1);
        assertThat(first.item().key()).startsWith("ART-");
        assertThat(first.draft().revision()).isEqualTo(1);
        assertThat(contents.findItem(first.item().key())).contains(first.item());
        assertThat(contents.findDraft(first.item().id(), "en-GB")).contains(first.draft());
        assertThat(contents.developers(first.item().id(), "en-GB")).containsExactly(writer.id());
    }

    @Test
    void aDraftIsSavedOnlyByWhoSawItsRevision() {
        var made = created(article("One"));
        var saved = (Saving.Saved) save(made, 1, article("Two"));
        assertThat(saved.draft().revision()).isEqualTo(2);
        assertThat(saved.draft().etag()).isEqualTo("\"r2\"");
        assertThat(save(made, 1, article("Three"))).isEqualTo(new Saving.Stale(2));
        assertThat(save(made, 3, article("Three"))).isEqualTo(new Saving.Stale(2));
        assertThat(contents.findDraft(made.item().id(), "en-GB").orElseThrow().document()).isEqualTo(article("Two"));
    }

    @RepeatedTest(20)
    void ofTwoEditorsAtTheSameRevisionExactlyOneWins() throws Exception {
        var made = created(article("One"));
        var other = fixture.writer("willem");
        var together = new CyclicBarrier(2);
        var outcomes = new ArrayList<Saving>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var racing = List.of(writer, other).stream().map(it -> executor.submit(() -> {
                together.await();
                return desk.saveDraft(it, made.item().id(), "en-GB", 1, article("by " + it.username()));
            })).toList();
            for (var it : racing) {
                outcomes.add(it.get());
            }
        }
        assertThat(outcomes).filteredOn(it -> it instanceof Saving.Saved).hasSize(1);
        assertThat(outcomes).filteredOn(it -> it.equals(new Saving.Stale(2))).hasSize(1);
        var winner = (Saving.Saved) outcomes.stream().filter(it -> it instanceof Saving.Saved).findFirst().orElseThrow();
        assertThat(contents.findDraft(made.item().id(), "en-GB").orElseThrow().document()).isEqualTo(winner.draft().document());
        assertThat(contents.developers(made.item().id(), "en-GB")).hasSizeBetween(1, 2).contains(winner.draft().updatedBy());
    }

    @Test
    @Tag("P11-7")
    void aFrozenVersionCarriesTheHashOfItsCanonicalRecord() {
        var made = created(article("One"));
        var version = ((Freezing.Frozen) desk.freeze(writer, made.item().id(), "en-GB", 1)).version();
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.sha256()).isEqualTo(Sha256.hex(version.canonical()));
        assertThat(version.canonical()).startsWith("{\"document\":{\"body\":").contains("\"key\":\"" + made.item().key() + "\"",
                "\"kind\":\"non-promotional\"", "\"locale\":\"en-GB\"", "\"number\":1", "\"type\":\"article\"");
        assertThat(contents.findDraft(made.item().id(), "en-GB")).isEmpty();
        var kept = contents.findVersion(made.item().id(), "en-GB", 1).orElseThrow();
        assertThat(kept.sha256()).isEqualTo(version.sha256());
        assertThat(io.throughline.shared.CanonicalJson.text(
                ContentDesk.record(made.item(), "en-GB", 1, kept.schemaVersion(), kept.document()))).isEqualTo(kept.canonical());
    }

    @Test
    void aVersionIsNeverChangedOrDeleted() {
        var made = created(article("One"));
        desk.freeze(writer, made.item().id(), "en-GB", 1);
        assertThatThrownBy(() -> jdbc.sql("update content_version set sha256 = repeat('0', 64)").update()).hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("delete from content_version").update()).hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("delete from content_contributor").update()).hasMessageContaining("append-only");
    }

    @Test
    void versionsAreNumberedPerLocaleAndAStaleFreezeIsRefused() {
        var made = created(article("One"));
        var id = made.item().id();
        assertThat(desk.freeze(writer, id, "en-GB", 2)).isEqualTo(new Freezing.Stale(1));
        desk.freeze(writer, id, "en-GB", 1);
        assertThat(desk.freeze(writer, id, "en-GB", 1)).isEqualTo(new Freezing.NotFound());
        desk.startDraft(writer, id, "en-GB", null);
        assertThat(((Freezing.Frozen) desk.freeze(writer, id, "en-GB", 1)).version().number()).isEqualTo(2);
        desk.startDraft(writer, id, "de-DE", null);
        assertThat(((Freezing.Frozen) desk.freeze(writer, id, "de-DE", 1)).version().number()).isEqualTo(1);
        assertThat(contents.listVersions(id)).extracting(Version::locale, Version::number)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("de-DE", 1), org.assertj.core.groups.Tuple.tuple("en-GB", 2), org.assertj.core.groups.Tuple.tuple("en-GB", 1));
    }

    @Test
    void aDraftStartsFromAVersionAndThereIsOnlyOne() {
        var made = created(article("One"));
        var id = made.item().id();
        assertThat(desk.startDraft(writer, id, "en-GB", null)).isInstanceOf(Starting.DraftExists.class);
        desk.freeze(writer, id, "en-GB", 1);
        assertThat(desk.startDraft(writer, id, "en-GB", 2)).isEqualTo(new Starting.NotFound());
        assertThat(desk.startDraft(writer, id, "xx-XX", null)).isEqualTo(new Starting.UnknownLocale("xx-XX"));
        var started = (Starting.Started) desk.startDraft(writer, id, "en-GB", 1);
        assertThat(started.draft().basedOnVersion()).isEqualTo(1);
        assertThat(started.draft().document()).isEqualTo(article("One"));
    }

    @Test
    @Tag("UK-2")
    void whoeverSavedIsAContributorAndWhoOnlyStartedADraftIsNot() {
        var made = created(article("One"));
        var id = made.item().id();
        desk.freeze(writer, id, "en-GB", 1);
        var starter = fixture.person("signe", Set.of(Role.SIGNATORY), Set.of("*"));
        desk.startDraft(starter, id, "en-GB", null);
        assertThat(contents.developers(id, "en-GB")).doesNotContain(starter.id());
        var second = fixture.writer("willem");
        desk.saveDraft(second, id, "en-GB", 1, article("Two"));
        assertThat(contents.developers(id, "en-GB")).containsExactlyInAnyOrder(writer.id(), second.id());
    }

    @Test
    void aDraftIsThrownAwayButNotTheOnlyCopy() {
        var made = created(article("One"));
        var id = made.item().id();
        assertThat(desk.deleteDraft(writer, id, "en-GB", 1, "wrong start")).isEqualTo(new Discarding.OnlyCopy());
        desk.freeze(writer, id, "en-GB", 1);
        desk.startDraft(writer, id, "en-GB", null);
        assertThat(desk.deleteDraft(writer, id, "en-GB", 2, "wrong start")).isEqualTo(new Discarding.Stale(1));
        assertThat(desk.deleteDraft(writer, id, "en-GB", 1, "wrong start")).isEqualTo(new Discarding.Discarded());
        assertThat(contents.findDraft(id, "en-GB")).isEmpty();
    }

    @Test
    void whereUsedFollowsEachSave() {
        var claim = created("claim", "non-promotional", null, claim("It works.", true)).item();
        var document = article("One");
        document.putArray("claims").add(claim.id());
        var made = created(document);
        assertThat(contents.usedIn(claim.id())).containsExactly(new Use(made.item().id(), made.item().key(), "article", "en-GB", "One", "claim"));
        save(made, 1, article("Two"));
        assertThat(contents.usedIn(claim.id())).isEmpty();
        save(made, 2, article("Three").put("body", "We say :claim[" + claim.id() + "]."));
        assertThat(contents.usedIn(claim.id())).extracting(Use::title).containsExactly("Three");
        assertThat(contents.claimTexts(List.of(claim.id()), "en-GB")).containsEntry(claim.id(), "It works.");
    }

    @Test
    @Tag("S12")
    void whatIsRefusedWritesNothing() {
        var made = created(article("One"));
        var before = fixture.rows();
        var draft = contents.findDraft(made.item().id(), "en-GB");
        assertThat(save(made, 7, article("Two"))).isInstanceOf(Saving.Stale.class);
        assertThat(save(made, 1, Json.object())).isInstanceOf(Saving.Invalid.class);
        assertThat(desk.saveDraft(writer, "itm_none", "en-GB", 1, article("Two"))).isEqualTo(new Saving.NotFound());
        assertThat(desk.saveDraft(writer, made.item().id(), "fr-FR", 1, article("Two"))).isEqualTo(new Saving.NotFound());
        assertThat(desk.create(writer, new NewItem("article", "non-promotional", null, "en-GB", Json.object()))).isInstanceOf(Creation.Invalid.class);
        assertThat(desk.freeze(writer, made.item().id(), "en-GB", 9)).isInstanceOf(Freezing.Stale.class);
        assertThat(fixture.rows()).isEqualTo(before);
        assertThat(contents.findDraft(made.item().id(), "en-GB")).isEqualTo(draft);
    }

    @Test
    @Tag("S7")
    void anItemOfAForeignBrandIsNotThere() {
        fixture.brand("velorix");
        fixture.brand("glymera");
        var made = created("article", "promotional", "velorix", article("One"));
        var foreign = fixture.person("gloria", Set.of(Role.WRITER), Set.of("glymera"));
        assertThat(desk.saveDraft(foreign, made.item().id(), "en-GB", 1, article("Two"))).isEqualTo(new Saving.NotFound());
        assertThat(desk.startDraft(foreign, made.item().id(), "de-DE", null)).isEqualTo(new Starting.NotFound());
        assertThat(desk.deleteDraft(foreign, made.item().id(), "en-GB", 1, "x")).isEqualTo(new Discarding.NotFound());
        assertThat(desk.freeze(foreign, made.item().id(), "en-GB", 1)).isEqualTo(new Freezing.NotFound());
        assertThatThrownBy(() -> contents.getVisible(foreign, made.item().id())).isInstanceOf(ProblemException.class);
        assertThat(findings(desk.create(foreign, new NewItem("article", "promotional", "velorix", "en-GB", article("x")))))
                .extracting(Finding::path).containsExactly("/brand");
        var claim = created("claim", "promotional", "velorix", claim("It works.", false));
        var pointing = article("x");
        pointing.putArray("claims").add(claim.item().id());
        var missing = article("x");
        missing.putArray("claims").add("itm_none");
        var answer = findings(desk.create(foreign, new NewItem("article", "promotional", "glymera", "en-GB", pointing))).getFirst();
        var answerForMissing = findings(desk.create(foreign, new NewItem("article", "promotional", "glymera", "en-GB", missing))).getFirst();
        assertThat(answer.code()).isEqualTo("unknown-item").isEqualTo(answerForMissing.code());
        assertThat(answer.message().replace(claim.item().id(), "itm_none")).isEqualTo(answerForMissing.message());
    }

    @Test
    @Tag("S11")
    @Tag("P11-5")
    void onlyWritersChangeContent() {
        var made = created(article("One"));
        var reader = fixture.person("rea", Set.of(Role.MEDICAL_REVIEWER, Role.ADMINISTRATOR), Set.of("*"));
        assertThatThrownBy(() -> desk.saveDraft(reader, made.item().id(), "en-GB", 1, article("Two"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> desk.create(reader, new NewItem("article", "non-promotional", null, "en-GB", article("x")))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> desk.create(null, new NewItem("article", "non-promotional", null, "en-GB", article("x")))).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Tag("S14")
    void hostileValuesAreKeptOrRefusedButNeverInterpreted() {
        for (var hostile : List.of("'; drop table content_item; --", "\" or 1=1", "${jndi:ldap://x}", "%s%n", "\\u0000", "𝔘", "$1", ":locale", "?", "a\tb")) {
            var made = created(article(hostile));
            assertThat(contents.findDraft(made.item().id(), "en-GB").orElseThrow().document().get("title").asString()).isEqualTo(hostile);
            assertThat(contents.findItem(hostile)).isEmpty();
            assertThat(contents.findDraft(made.item().id(), hostile)).isEmpty();
            assertThat(findings(desk.create(writer, new NewItem(hostile, hostile, hostile, hostile, article("x"))))).extracting(Finding::path)
                    .containsExactly("/type", "/kind", "/brand", "/locale");
        }
        assertThat(findings(desk.create(writer, new NewItem("article", "non-promotional", null, "en-GB", article("a\u0000b")))))
                .extracting(Finding::code, Finding::path).containsExactly(org.assertj.core.groups.Tuple.tuple("pattern", "/title"));
        assertThat(findings(desk.create(writer, new NewItem("article", "non-promotional", null, "en-GB", article("a\u202Eb"))))).extracting(Finding::code)
                .containsExactly("character-not-allowed");
        assertThat(findings(desk.create(writer, new NewItem("article", "non-promotional", null, "en-GB", article("a\uD800b"))))).hasSize(1);
    }

    @Test
    void whoMakesAnItemDoesNotWaitForAnotherOneOfItsTypeToBeCommitted() {
        transactions.executeWithoutResult(_ -> {
            var first = created(article("The first"));
            var second = CompletableFuture.supplyAsync(() -> created(article("The second")));
            assertThat(second).succeedsWithin(Duration.ofSeconds(5)).satisfies(it -> assertThat(number(it.item())).isGreaterThan(number(first.item())));
        });
    }

    @Test
    void aBatchOfThreeHundredArticlesTakesSeconds() {
        var batch = new ArrayList<NewItem>();
        for (int i = 0; i < 293; i++) {
            var document = article("Article " + i).put("body", "Some words about the trial [1]. ".repeat(1000));
            var references = document.putArray("references");
            for (int r = 0; r < 40; r++) {
                var csl = references.addObject().put("id", "ref_" + r).putObject("csl");
                csl.put("type", "article-journal").put("title", "Work " + r + " of " + i);
            }
            batch.add(new NewItem("article", "non-promotional", null, "en-GB", document));
        }
        batch.add(7, new NewItem("article", "non-promotional", null, "en-GB", Json.object()));
        var start = System.nanoTime();
        var outcomes = desk.createAll(writer, batch);
        var took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("293 articles created in " + took);
        assertThat(outcomes).hasSize(294);
        assertThat(outcomes.get(7)).isInstanceOf(Creation.Invalid.class);
        assertThat(outcomes).filteredOn(it -> it instanceof Creation.Created).hasSize(293);
        assertThat(took).isLessThan(Duration.ofSeconds(30));
    }

    private Creation.Created created(ObjectNode document) {
        return created("article", "non-promotional", null, document);
    }

    private Creation.Created created(String type, String kind, String brand, ObjectNode document) {
        var outcome = desk.create(writer, new NewItem(type, kind, brand, "en-GB", document));
        assertThat(outcome).isInstanceOf(Creation.Created.class);
        return (Creation.Created) outcome;
    }

    private Saving save(Creation.Created made, int revision, ObjectNode document) {
        return desk.saveDraft(writer, made.item().id(), "en-GB", revision, document);
    }

    private static List<Finding> findings(Creation outcome) {
        return ((Creation.Invalid) outcome).findings();
    }

    private static int number(Item item) {
        return Integer.parseInt(item.key().substring(item.key().indexOf('-') + 1));
    }
}
