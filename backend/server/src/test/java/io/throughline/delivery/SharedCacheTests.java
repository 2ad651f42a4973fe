package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.identity.ApiClients;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.Api.Answer;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/// Two channels behind one CDN that does what RFC 9111 and RFC 9213 let it do, and requests that ask for too much.
@IntegrationTest
@TestPropertySource(properties = "throughline.db.delivery-connections=7") // and so a database of its own
@Import({DeliveryFixture.class, PeopleFixture.class})
class SharedCacheTests {

    /// Keeps what `CDN-Cache-Control` lets it, by address and by what `Vary` names.
    private static final class SharedCache {
        private final Map<String, Answer> kept = new HashMap<>();
        private int hits;

        Answer get(Api asker, String credential, String path) {
            for (var key : List.of(path, path + " " + credential)) {
                var answer = kept.get(key);
                if (answer != null) {
                    hits++;
                    return answer;
                }
            }
            var answer = asker.get(path);
            if (!answer.header("CDN-Cache-Control").orElse("").matches("max-age=[1-9]\\d*")) {
                return answer;
            }
            var varies = answer.headers().entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase("Vary"))
                    .anyMatch(it -> String.join(",", it.getValue()).contains("Authorization"));
            kept.put(varies ? path + " " + credential : path, answer);
            return answer;
        }
    }

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @LocalServerPort int port;

    @Autowired ApiClients clients;

    Api wide;
    Api narrow;
    Item science;

    @BeforeEach
    void twoChannelsOfWhichOneReadsLess() {
        wide = Api.of(port).withKey(people.webKey());
        seed.apiKey(seed.channel("cache-narrow", "Narrow", "web"), "tlk_test_cache_0123456789",
                new NewApiKey("cache", Set.of("GB"), Set.of("en-GB"), Set.of(Kinds.NON_PROMOTIONAL), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        narrow = Api.of(port).withKey("tlk_test_cache_0123456789");
        for (var channel : List.of("web", "cache-narrow")) {
            clients.setPurgesByKey(people.administrator(), clients.findChannel(channel).orElseThrow().id(), true, "One CDN stands before both");
        }
        for (var api : List.of(wide, narrow)) {
            CachingHttpTests.eventually(() -> api.get("/v1/content-types").header("CDN-Cache-Control"));
        }
        science = shelf.live("article", Kinds.SCIENTIFIC_EXCHANGE, null, article("Only for some"));
        shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("For both"));
    }

    @AfterEach
    void theCdnIsGone() {
        for (var channel : List.of("web", "cache-narrow")) {
            clients.setPurgesByKey(people.administrator(), clients.findChannel(channel).orElseThrow().id(), false, "It is gone");
        }
    }

    @Test
    @Tag("S30")
    void aCacheBetweenTwoChannelsGivesEachItsOwnAnswer() {
        var cache = new SharedCache();
        for (var path : List.of("/v1/items/" + science.id() + "?market=GB&locale=en-GB",
                "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB",
                "/v1/items?market=GB&locale=en-GB&limit=100", "/v1/sync?initial=true&market=GB&locale=en-GB", "/v1/recalls",
                "/v1/content-types", "/v1/vocabularies/stages")) {
            var wider = cache.get(wide, "wide", path);
            if (path.startsWith("/v1/items") || path.startsWith("/v1/sync")) {
                assertThat(wider.body()).as(path).contains("Only for some");
            }
            var answer = cache.get(narrow, "narrow", path);
            assertThat(answer.status()).as(path).isEqualTo(narrow.get(path).status());
            assertThat(answer.body()).as(path).doesNotContain("Only for some");
            assertThat(cache.get(Api.of(port), "nobody", path).status()).as(path).isEqualTo(401);
        }
        cache.get(wide, "wide", "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB");
        assertThat(cache.hits).isPositive();
    }

    @Test
    @Tag("S30")
    void whatDependsOnAPersonIsNeverKept() {
        var writer = Api.of(port).signIn(people.writer().username());
        for (var path : List.of("/manage/v1/session", "/manage/v1/my-work", "/manage/v1/items", "/manage/v1/channels", "/manage/v1/nothing-there")) {
            assertThat(writer.get(path).header("Cache-Control")).as(path).hasValueSatisfying(it -> assertThat(it).contains("no-store"));
        }
    }

    @ParameterizedTest
    @Tag("S31")
    @ValueSource(strings = {"/v1/items?need=%s", "/v1/items?q=%s", "/v1/items?fields=%s", "/v1/items?facets=%s", "/v1/items?after=%s", "/v1/sync?token=%s",
            "/v1/items/%s", "/v1/content-sets?audience=hcp&market=GB&locale=en-GB&seen=%s", "/v1/content-sets?audience=hcp&market=GB&locale=en-GB&brand=%s",
            "/v1/vocabularies/%s"})
    void aValueOfTwentyThousandCharactersOrAThousandPartsIsRefusedAtOnce(String path) {
        for (var value : List.of("a".repeat(20_000), String.join(",", Collections.nCopies(1_000, "b")), "(".repeat(5_000))) {
            var asked = System.nanoTime();
            var answer = wide.get(path.formatted(value));
            assertThat(answer.status()).as(answer.body()).isIn(path.contains("?") ? List.of(400) : List.of(404));
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @Tag("S31")
    @ValueSource(strings = {"/v1/items?limit=101", "/v1/items?limit=0", "/v1/items?limit=2147483648", "/v1/sync?initial=true&limit=101",
            "/v1/content-sets?audience=hcp&market=GB&locale=en-GB&limit=100000"})
    void nobodyAsksForMoreThanAPage(String path) {
        assertThat(wide.get(path).status()).isEqualTo(400);
    }
}
