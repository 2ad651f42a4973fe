package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.client.Throughline;
import io.throughline.client.api.ContentSetsApi.APIGetContentSetRequest;
import io.throughline.client.api.ItemsApi.APIGetDeliveredItemRequest;
import io.throughline.client.api.ItemsApi.APIListDeliveredItemsRequest;
import io.throughline.client.api.SyncApi.APISyncItemsRequest;
import io.throughline.client.http.ApiException;
import io.throughline.client.model.DeliveryProblem;
import io.throughline.client.model.EngagementEvent;
import io.throughline.client.model.SyncChange;
import io.throughline.client.model.SyncChange.ChangeEnum;
import io.throughline.client.model.SyncChange.ReasonEnum;
import io.throughline.content.Kinds;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// The Java client of `clients/java`, generated from the contract, against the running server.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class JavaClientTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    Throughline throughline;
    String brand;

    @BeforeEach
    void aChannelAndABrandOfItsOwn() {
        var key = people.webKey();
        throughline = new Throughline(URI.create("http://localhost:" + port), () -> key);
        brand = "client" + BRAND.incrementAndGet();
        shelf.brand(brand);
    }

    @Test
    void aSetComesOnceAndThenOnlyWhenItChanged() throws Exception {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("For the client"));
        var request = APIGetContentSetRequest.newBuilder().audience("hcp.primary-care").stage("considering").need("dosing")
                .market("GB").locale("en-GB").brand(brand);
        var first = throughline.contentSet(request.build()).orElseThrow();
        assertThat(first.value().getItems()).containsKey(item.id());
        assertThat(first.value().getSlots().getFirst().getItems().getFirst().getReasons()).contains("need-exact");
        assertThat(first.sequence()).isPositive();
        assertThat(throughline.contentSet(request.ifNoneMatch(first.etag()).build())).isEmpty();
        shelf.withdrawn(item);
        var changed = throughline.contentSet(request.ifNoneMatch(first.etag()).build()).orElseThrow();
        assertThat(changed.value().getItems()).doesNotContainKey(item.id());
    }

    @Test
    void aRefusalIsAProblemToSwitchOn() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Soon gone"));
        shelf.withdrawn(item);
        assertThatThrownBy(() -> throughline.item(APIGetDeliveredItemRequest.newBuilder().idOrKey(item.key()).market("GB").locale("en-GB").build()))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.getCode()).isEqualTo(410);
                    assertThat(Throughline.problem(refusal)).map(DeliveryProblem::getCode).contains("content-withdrawn");
                });
        var stranger = new Throughline(URI.create("http://localhost:" + port), () -> "tlk_nobody");
        assertThatThrownBy(() -> stranger.items().listDeliveredItems(APIListDeliveredItemsRequest.newBuilder().build()))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(401));
    }

    @Test
    void aListIsWalkedToItsEnd() {
        for (int i = 0; i < 5; i++) {
            shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Page " + i));
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var titles = new ArrayList<String>();
            throughline.eachItem(APIListDeliveredItemsRequest.newBuilder().market("GB").locale("en-GB").brand(brand).sort("title").limit(2),
                    it -> titles.add(it.getTitle()));
            assertThat(titles).containsExactly("Page 0", "Page 1", "Page 2", "Page 3", "Page 4");
        });
    }

    @Test
    void aCopyFollowsTheCatalogueByItsChangesAlone() throws Exception {
        var stays = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Stays"));
        var goes = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Goes"));
        var initial = new ArrayList<SyncChange>();
        var token = throughline.eachChange(
                APISyncItemsRequest.newBuilder().initial(true).market("GB").locale("en-GB").type("article").limit(100).build(), initial::add);
        assertThat(initial).allMatch(change -> change.getChange() == ChangeEnum.UPSERT).extracting(SyncChange::getId).contains(stays.id(), goes.id());

        shelf.withdrawn(goes);
        var comes = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Comes"));
        var changes = new ArrayList<SyncChange>();
        throughline.eachChange(APISyncItemsRequest.newBuilder().token(token).build(), changes::add);
        assertThat(changes).anySatisfy(change -> {
            assertThat(change.getId()).isEqualTo(goes.id());
            assertThat(change.getReason()).isEqualTo(ReasonEnum.WITHDRAWN);
        }).anySatisfy(change -> {
            assertThat(change.getId()).isEqualTo(comes.id());
            assertThat(change.getItem().getTitle()).isEqualTo("Comes");
        }).noneMatch(change -> change.getId().equals(stays.id()));
    }

    @Test
    void whatReadersDidIsToldOnce() throws Exception {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Shown"));
        var set = throughline.contentSet(APIGetContentSetRequest.newBuilder().audience("hcp.primary-care").stage("considering").need("dosing")
                .market("GB").locale("en-GB").brand(brand).build()).orElseThrow().value();
        var event = new EngagementEvent().specversion("1.0").id(brand + "-1").source("/apps/portal").type("shown").time(Instant.now().toString())
                .subject("hcp-8f2c51d09e").data(Map.of("receipt", set.getReceipt(), "item", item.id()));
        var first = throughline.events().postEvents(List.of(event));
        assertThat(first.getAccepted()).as(first.toString()).isEqualTo(1);
        var again = throughline.events().postEvents(List.of(event));
        assertThat(again.getAccepted()).isZero();
        assertThat(again.getDuplicates()).isEqualTo(1);
    }
}
