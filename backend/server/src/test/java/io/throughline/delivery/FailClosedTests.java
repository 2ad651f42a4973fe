package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.client.Throughline;
import io.throughline.client.api.ItemsApi.APIGetDeliveredItemRequest;
import io.throughline.client.http.ApiException;
import io.throughline.content.Kinds;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class FailClosedTests {

    @Autowired CatalogueClock clock;
    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    @AfterEach
    void goOn() throws InterruptedException {
        if (!clock.isRunning()) {
            clock.start();
        }
        for (int i = 0; i < 100 && !clock.isFresh(); i++) {
            Thread.sleep(20);
        }
    }

    @Test
    @Tag("RV-7")
    void aNodeThatCanNotTellRefusesEveryDeliveryRouteWithinASecondAndRecovers() throws InterruptedException {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Closed"));
        var web = Api.of(port).withKey(people.webKey());
        var set = "/v1/content-sets?audience=hcp&market=GB&locale=en-GB";
        assertThat(web.get(set).status()).isEqualTo(200);
        clock.stop();
        Thread.sleep(1_050);
        var impatient = Api.of(port).withKey(people.webKey()).impatient();
        for (var path : new String[] {set, "/v1/items/" + item.key() + "?market=GB&locale=en-GB", "/v1/items?market=GB", "/v1/openapi.json"}) {
            var answer = impatient.get(path);
            assertThat(answer.status()).as(path).isEqualTo(503);
            assertThat(answer.json().path("code").asString()).isEqualTo("catalogue-stale");
            assertThat(answer.header("Retry-After")).hasValue("1");
        }
        goOn();
        assertThat(web.get(set).status()).isEqualTo(200);
    }

    @Test
    void theClientWaitsForANodeThatRefusesForAMoment() throws Exception {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Worth waiting for"));
        var key = people.webKey();
        var server = URI.create("http://localhost:" + port);
        var request = APIGetDeliveredItemRequest.newBuilder().idOrKey(item.id()).market("GB").locale("en-GB").build();
        clock.stop();
        Thread.sleep(1_050);
        var impatient = new Throughline(server, () -> key, Duration.ZERO);
        assertThatThrownBy(() -> impatient.item(request)).isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(503));
        try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = asking.submit(() -> new Throughline(server, () -> key).item(request));
            Thread.sleep(300); // it is refused in the meantime
            goOn();
            assertThat(answer.get().orElseThrow().value().getTitle()).isEqualTo("Worth waiting for");
        }
    }

    @Test
    void aNodeThatRefusesIsNotReadyButAlive() throws InterruptedException {
        var probes = Api.of(port);
        goOn();
        assertThat(probes.get("/actuator/health/readiness").status()).isEqualTo(200);
        clock.stop();
        Thread.sleep(1_050);
        var readiness = probes.get("/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(readiness.json().path("status").asString()).isEqualTo("DOWN");
        assertThat(probes.get("/actuator/health/liveness").status()).isEqualTo(200);
        goOn();
        assertThat(probes.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void aNodeThatWasAwayCatchesUpWithEveryChange() throws InterruptedException {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Away"));
        var web = Api.of(port).withKey(people.webKey());
        var path = "/v1/items/" + item.key() + "?market=GB&locale=en-GB";
        assertThat(web.get(path).status()).isEqualTo(200);
        clock.stop();
        var withdrawal = shelf.withdrawn(item);
        goOn();
        // until its confirmation is a second old the node may not know yet, and may answer
        assertThat(clock.awaitSequence(withdrawal.sequence())).isTrue();
        assertThat(web.get(path).status()).isEqualTo(410);
    }
}
