package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.document;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.publication.Impact.Cause;
import io.throughline.publication.Impact.Consequence;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What holds something that has changed or ended says so, and leaves where the market's pack says it does.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class ImpactTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired PublicationDesk desk;
    @Autowired ImpactLedger ledger;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;
    @LocalServerPort int port;

    @Test
    @Tag("RV-6")
    void anotherVersionOfAClaimMarksWhatHoldsItAndServesItForAsLongAsThePackSays() {
        var claim = claim();
        var item = holding(claim);
        shelf.changed(claim, claiming("Risk fell by 81 %."), "GB", days(-1), days(300));
        var before = Instant.now();
        shelf.published(claim, "GB");

        assertThat(desk.listImpacts(item.id())).singleElement().satisfies(it -> {
            assertThat(it.partKey()).isEqualTo(claim.key());
            assertThat(it.partVersion()).isEqualTo(1);
            assertThat(it.cause()).isEqualTo(Cause.CHANGED);
            assertThat(it.consequence()).isEqualTo(Consequence.SERVED_UNTIL);
            assertThat(it.servedUntil()).isBetween(before.plus(30, ChronoUnit.DAYS).minusSeconds(1), Instant.now().plus(30, ChronoUnit.DAYS));
        });
        assertThat(served(item)).isEqualTo(200);
        assertThat(changes(item)).containsExactly("published", "changed");
    }

    @Test
    @Tag("RV-6")
    void whatWasServedForAWhileLeavesWhenThatIsOver() {
        var claim = claim();
        var item = holding(claim);
        shelf.changed(claim, claiming("Risk fell by 81 %."), "GB", days(-1), days(300));
        shelf.published(claim, "GB");
        var publication = shelf.current(item).getFirst();
        assertThat(desk.leave(publication, item.id())).as("before its time").isFalse();
        jdbc.sql("alter table impact disable trigger append_only").update();
        try {
            jdbc.sql("update impact set served_until = now() where item_id = :id").param("id", item.id()).update();
        } finally {
            jdbc.sql("alter table impact enable trigger append_only").update();
        }
        ledger.listDue(Instant.now(), 1_000).stream().filter(due -> due.itemId().equals(item.id()))
                .forEach(due -> desk.leave(due.publicationId(), due.itemId()));
        assertThat(shelf.current(item)).isEmpty();
        assertThat(served(item)).isEqualTo(410);
        assertThat(changes(item)).containsExactly("published", "changed", "impacted");
    }

    @Test
    @Tag("RV-6")
    void aWithdrawnClaimTakesWhatHoldsItAlongInTheSameTransaction() {
        var claim = claim();
        var item = holding(claim);
        var approvedOnly = shelf.written("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
        shelf.approved(approvedOnly, "en-GB", "GB", days(-1), days(300));
        shelf.withdrawn(claim);

        assertThat(desk.listImpacts(item.id())).singleElement().satisfies(it -> {
            assertThat(it.cause()).isEqualTo(Cause.WITHDRAWN);
            assertThat(it.reason()).isEqualTo("A new safety signal.");
            assertThat(it.consequence()).isEqualTo(Consequence.LEFT);
        });
        assertThat(desk.listImpacts(approvedOnly.id())).extracting(Impact::consequence).containsExactly(Consequence.NOT_PUBLISHED);
        assertThat(desk.listFor(item.id())).extracting(Publication::state).containsExactly("impacted");
        assertThat(Api.of(port).withKey(people.webKey()).get("/v1/items/" + item.key() + "?market=GB&locale=en-GB").json().path("detail").asString())
                .contains(item.key() + " left in GB on ", "something that it holds was changed or is no longer there", "Remove every copy");
        assertThat(served(item)).isEqualTo(410);
        assertThat(jdbc.sql("""
                        select count(distinct xmin::text) from (
                          select xmin from withdrawal where item_id = :part union all select xmin from impact where part_id = :part
                          union all select xmin from publication where item_id = :item union all select xmin from content_change where item_id = :item and type = 'impacted') as row
                        """).param("part", claim.id()).param("item", item.id()).query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    @Tag("RV-6")
    void aWithdrawalThatIsRolledBackMarksNothing() {
        var claim = claim();
        var item = holding(claim);
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            shelf.withdrawn(claim);
            assertThat(desk.listImpacts(item.id())).isNotEmpty();
            status.setRollbackOnly();
        });
        assertThat(desk.listImpacts(item.id())).isEmpty();
        assertThat(shelf.current(item)).hasSize(1);
        assertThat(served(item)).isEqualTo(200);
        assertThat(changes(item)).containsExactly("published");
    }

    @Test
    @Tag("RV-6")
    @Tag("US-2")
    void withdrawnSafetyInformationTakesWhatHoldsItAlong() {
        var safety = shelf.live("safety-information", Kinds.NON_PROMOTIONAL, null, safety("Safety"));
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("Dosing").put("safetyInformation", safety.id()));
        shelf.withdrawn(safety);
        assertThat(desk.listImpacts(item.id())).singleElement().satisfies(it -> {
            assertThat(it.relation()).isEqualTo("safety-information");
            assertThat(it.consequence()).isEqualTo(Consequence.LEFT);
        });
        assertThat(shelf.current(item)).isEmpty();
    }

    @Test
    @Tag("RV-6")
    void anExpiredClaimTakesWhatHoldsItAlong() throws InterruptedException {
        var claim = shelf.written("claim", Kinds.NON_PROMOTIONAL, null, claiming("Risk fell by 18 %."));
        shelf.approved(claim, "en-GB", "GB", days(-1), days(300));
        var publication = shelf.published(claim, "GB", null, Instant.now().truncatedTo(ChronoUnit.MICROS).plusMillis(1_500));
        var item = holding(claim);
        assertThat(desk.listImpacts(item.id())).isEmpty();
        Thread.sleep(1_600);
        desk.expire(publication.id(), claim.id());
        assertThat(desk.listImpacts(item.id())).extracting(Impact::cause, Impact::consequence).containsExactly(tuple(Cause.EXPIRED, Consequence.LEFT));
        assertThat(shelf.current(item)).isEmpty();
    }

    @Test
    @Tag("RV-6")
    @Tag("UK-5")
    void whatHasNoPrescribingInformationIsHeldBackUntilThereIsOne() {
        var pi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, null, prescribing("PI"));
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("Dosing").put("prescribingInformation", pi.id()));
        shelf.withdrawn(pi);
        assertThat(desk.listImpacts(item.id())).extracting(Impact::consequence).containsExactly(Consequence.HELD_BACK);
        assertThat(shelf.current(item)).hasSize(1);
        shelf.published(pi, "GB");
        assertThat(desk.listImpacts(item.id())).isEmpty();
    }

    @Test
    @Tag("RV-6")
    @Tag("UK-5")
    void newPrescribingInformationAsksForANewCertificateWhereThePackSaysSo() {
        var pi = shelf.written("prescribing-information", Kinds.NON_PROMOTIONAL, null, prescribing("PI"));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Dosing").put("prescribingInformation", pi.id()));
        shelf.approved(pi, "en-GB", "GB", days(-1), days(300));
        shelf.approvedToo(pi, "en-GB", "US", days(-1), days(300));
        shelf.approved(item, "en-GB", "GB", days(-1), days(300));
        shelf.approvedToo(item, "en-GB", "US", days(-1), days(300));
        for (var market : List.of("GB", "US")) {
            shelf.published(pi, market);
            shelf.published(item, market);
        }
        shelf.changed(pi, prescribing("PI").put("body", "Two tablets daily."), "GB", days(-1), days(300));
        shelf.approvedToo(pi, "en-GB", "US", days(-1), days(300));
        shelf.published(pi, "GB");
        assertThat(desk.listImpacts(item.id())).as("shown with the newest one").isEmpty();
        shelf.published(pi, "US");
        assertThat(desk.listImpacts(item.id())).singleElement().satisfies(it -> {
            assertThat(it.market()).isEqualTo("US");
            assertThat(it.consequence()).isEqualTo(Consequence.SERVED_UNTIL);
        });
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "US", null, Instant.now().plusSeconds(3600), null)).isInstanceOfSatisfying(
                PublishOutcome.Blocked.class, it -> assertThat(it.findings()).extracting(Finding::code).containsExactly("certificate-needed"));
        shelf.approvedToo(item, "en-GB", "US", days(-1), days(300));
        shelf.published(item, "US");
        assertThat(desk.listImpacts(item.id())).as("certified with it").isEmpty();
    }

    @Test
    @Tag("RV-6")
    void aNewApprovalThatIsPublishedClearsTheMark() {
        var claim = claim();
        var item = holding(claim);
        shelf.changed(claim, claiming("Risk fell by 81 %."), "GB", days(-1), days(300));
        shelf.published(claim, "GB");
        assertThat(desk.listImpacts(item.id())).hasSize(1);
        shelf.changed(item, stating(claim), "GB", days(-1), days(300));
        shelf.published(item, "GB");
        assertThat(desk.listImpacts(item.id())).isEmpty();
    }

    @Test
    @Tag("RV-6")
    void theSameVersionOfThePartClearsTheMarkAndTheTextMayGoOutAgain() {
        var claim = claim();
        var item = holding(claim);
        shelf.withdrawn(claim);
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", null, null, null)).isInstanceOf(PublishOutcome.Blocked.class);
        shelf.published(claim, "GB");
        assertThat(desk.listImpacts(item.id())).isEmpty();
        assertThat(shelf.current(item)).as("nothing comes back by itself").isEmpty();
        shelf.published(item, "GB");
        assertThat(served(item)).isEqualTo(200);
    }

    @Test
    @Tag("RV-6")
    void whoWithdrawsSeesBeforeWhatItImpacts() {
        var claim = claim();
        var first = holding(claim);
        var second = holding(claim);
        var sam = Api.of(port).signIn(people.signatory().username());
        var path = "/manage/v1/items/" + claim.key() + "/withdrawals/impact";
        var answer = sam.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("count").asInt()).isEqualTo(2);
        assertThat(answer.json().path("impacts").valueStream().map(it -> it.path("itemId").asString())).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(answer.json().at("/impacts/0/consequence").asString()).isEqualTo("left");
        assertThat(sam.get(path + "?market=US").json().path("count").asInt()).isZero();
        assertThat(shelf.current(first)).as("nothing was changed").hasSize(1);
        var german = people.person("impact.german", "Gerda German", Set.of(Role.SIGNATORY), Set.of("*"), Set.of("DE")).asActor();
        assertThat(Api.of(port).signIn(german.username()).get(path).json().path("count").asInt()).isZero();
    }

    @Test
    @Tag("S7")
    void whoWorksForOtherMarketsIsNotToldOfAWithdrawalThatTouchesNoneOfTheirs() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Only in GB"));
        shelf.withdrawn(item);
        var british = people.person("impact.british", "Bea British", Set.of(Role.WRITER), Set.of("*"), Set.of("GB")).asActor();
        var american = people.person("impact.american", "Amy American", Set.of(Role.WRITER), Set.of("*"), Set.of("US")).asActor();
        assertThat(withdrawnInMyWorkOf(british)).contains(item.id());
        assertThat(withdrawnInMyWorkOf(american)).doesNotContain(item.id());
    }

    private List<String> withdrawnInMyWorkOf(Actor actor) {
        var work = Api.of(port).signIn(actor.username()).get("/manage/v1/my-work").json();
        return work.path("withdrawals").valueStream().map(it -> it.at("/item/id").asString()).toList();
    }

    @Test
    @Tag("RV-6")
    @Tag("S3")
    void whoWithdrawsIsToldNothingOfBrandsThatTheyDoNotWorkFor() {
        shelf.brand("impactol");
        var claim = claim();
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, "impactol", stating(claim));
        var stranger = people.person("impact.stranger", "Sid Stranger", Set.of(Role.SIGNATORY), Set.of("otherol"), Set.of("*")).asActor();
        var answer = Api.of(port).signIn(stranger.username()).get("/manage/v1/items/" + claim.key() + "/withdrawals/impact");
        assertThat(answer.body()).doesNotContain(item.id());
        assertThat(answer.json().path("count").asInt()).as("it is impacted all the same").isEqualTo(1);
    }

    @Test
    @Tag("RV-6")
    void itStandsOnTheItemInMyWorkAndInTheLibrary() throws InterruptedException {
        var claim = claim();
        var item = holding(claim);
        var wanda = Api.of(port).signIn(people.writer().username());
        assertThat(wanda.get("/manage/v1/items/" + item.key()).json().path("impacts")).isEmpty();
        shelf.withdrawn(claim);
        var impact = wanda.get("/manage/v1/items/" + item.key()).json().path("impacts").path(0);
        assertThat(impact.path("partKey").asString()).isEqualTo(claim.key());
        assertThat(impact.path("cause").asString()).isEqualTo("withdrawn");
        assertThat(keys(wanda.get("/manage/v1/my-work").json().path("impacted"))).contains(item.key());
        var walt = Api.of(port).signIn(people.secondWriter().username());
        assertThat(keys(walt.get("/manage/v1/my-work").json().path("impacted"))).doesNotContain(item.key());
        for (int i = 0; i < 200 && !keys(wanda.get("/manage/v1/items?impacted=true&limit=100").json().path("items")).contains(item.key()); i++) {
            Thread.sleep(25);
        }
        var row = wanda.get("/manage/v1/items?impacted=true&q=" + item.key()).json().path("items").path(0);
        assertThat(row.path("key").asString()).isEqualTo(item.key());
        assertThat(row.path("impacted").asBoolean()).isTrue();
        assertThat(row.path("state").asString()).isEqualTo("impacted");
        assertThat(keys(wanda.get("/manage/v1/items?impacted=false&q=" + item.key()).json().path("items"))).doesNotContain(item.key());
        assertThat(wanda.get("/manage/v1/items?impacted=perhaps").status()).isEqualTo(400);
    }

    @Test
    @Tag("RV-6")
    void marksCanNotBeTakenBack() {
        var claim = claim();
        holding(claim);
        shelf.withdrawn(claim);
        assertThatThrownBy(() -> jdbc.sql("delete from impact where part_id = :id").param("id", claim.id()).update()).hasMessageContaining("append-only");
    }

    private Item claim() {
        return shelf.live("claim", Kinds.NON_PROMOTIONAL, null, claiming("Risk fell by 18 %, CYP2C19*2 or not."));
    }

    private Item holding(Item claim) {
        return shelf.live("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
    }

    private int served(Item item) {
        return Api.of(port).withKey(people.webKey()).get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status();
    }

    private List<String> changes(Item item) {
        return jdbc.sql("select type from content_change where item_id = :id order by sequence").param("id", item.id()).query(String.class).list();
    }

    private static List<String> keys(JsonNode list) {
        return list.valueStream().map(it -> it.path("key").asString()).toList();
    }

    private static ObjectNode claiming(String words) {
        return document("A claim").put("text", words).put("efficacyClaim", false);
    }

    private static ObjectNode stating(Item claim) {
        var document = article("With a claim").put("body", "It is said: :claim[%s]".formatted(claim.id()));
        document.putArray("claims").add(claim.id());
        return document;
    }

    private static Instant days(int days) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(days, ChronoUnit.DAYS);
    }
}
