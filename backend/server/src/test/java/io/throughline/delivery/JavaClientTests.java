package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.throughline.client.Throughline;
import io.throughline.client.api.ContentSetsApi.APIGetContentSetRequest;
import io.throughline.client.api.ItemsApi.APIGetDeliveredItemRequest;
import io.throughline.client.api.ItemsApi.APIListDeliveredItemsRequest;
import io.throughline.client.http.ApiException;
import io.throughline.client.model.DeliveryProblem;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
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
}
