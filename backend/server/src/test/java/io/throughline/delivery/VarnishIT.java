package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.identity.ApiClients;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// The recipe of `examples/cdn`, with a real Varnish between the channel and the server.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
@Tag("RV-7")
class VarnishIT {

    private static final String CONTEXT = "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=";

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired ApiClients clients;
    @LocalServerPort int port;
    @TempDir Path folder;

    Varnish varnish;
    HttpClient http;
    String key;
    Item item;
    String set;

    @BeforeEach
    void anItemThatAChannelGetsThroughVarnish() throws Exception {
        key = people.webKey();
        var started = Varnish.start(port, folder);
        assumeTrue(started.isPresent(), "There is no varnish with xkey here, and it can't be installed (Debian's packages varnish and varnish-modules).");
        varnish = started.get();
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var brand = "cdn" + System.nanoTime();
        shelf.brand(brand);
        item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Behind the CDN"));
        set = CONTEXT + brand;
    }

    @AfterEach
    void end() {
        purgesByKey(false);
        if (varnish != null) {
            varnish.close();
            http.close();
        }
    }

    @Test
    void withoutThePurgeSettingNothingIsKeptAndAWithdrawalIsGoneAtOnce() throws Exception {
        CachingHttpTests.eventually(() -> Api.of(port).withKey(key).get(single()).header("CDN-Cache-Control").isEmpty() ? Optional.of("none") : Optional.empty());
        for (var path : new String[] {single(), set, single(), set}) {
            var answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Cache")).as(path).hasValue("miss");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
        }
        shelf.withdrawn(item);
        assertThat(get(single()).statusCode()).isEqualTo(410);
        assertThat(get(set).body()).doesNotContain(item.id());
    }

    @Test
    void withItCopiesAnswerUntilTheirKeysArePurgedAndThenNoneIsLeft() throws Exception {
        purgesByKey(true);
        CachingHttpTests.eventually(() -> Api.of(port).withKey(key).get(single()).header("CDN-Cache-Control"));
        for (var path : new String[] {single(), set}) {
            assertThat(get(path).headers().firstValue("X-Cache")).as(path).hasValue("miss");
            var kept = get(path);
            assertThat(kept.headers().firstValue("X-Cache")).as(path).hasValue("hit");
            assertThat(kept.body()).contains(item.id());
            assertThat(kept.headers().firstValue("Cache-Control")).as("a browser asks the CDN each time").hasValue("private, no-cache");
            assertThat(get(path, "tlk_somebody_elses").statusCode()).as("what is kept belongs to the key that fetched it").isEqualTo(401);
        }
        shelf.withdrawn(item);

        var purge = http.send(HttpRequest.newBuilder(varnish.url("/")).method("PURGE", HttpRequest.BodyPublishers.noBody())
                .header("xkey-purge", "item-" + item.id() + " many-items").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(purge.statusCode()).isEqualTo(200);
        assertThat(get(single()).statusCode()).isEqualTo(410);
        var after = get(set);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).doesNotContain(item.id());
    }

    private String single() {
        return "/v1/items/" + item.id() + "?market=GB&locale=en-GB";
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, key);
    }

    private HttpResponse<String> get(String path, String credential) throws Exception {
        return http.send(HttpRequest.newBuilder(varnish.url(path)).header("Authorization", "Bearer " + credential).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void purgesByKey(boolean purges) {
        clients.setPurgesByKey(people.administrator(), clients.findChannel("web").orElseThrow().id(), purges, "For this test");
    }
}
