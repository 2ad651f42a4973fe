package io.throughline.delivery.inspection;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.ActiveStrategyFixture;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// The moments that people step through on the content-set screen.
@IntegrationTest
@Import({DeliveryFixture.class, ActiveStrategyFixture.class, PeopleFixture.class})
class CatalogueMomentsHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired ActiveStrategyFixture strategies;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api strategist;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        strategist = Api.of(port).signIn(people.strategist().username());
        brand = "moments" + BRAND.incrementAndGet();
        shelf.brand(brand);
    }

    @Test
    void whatHappenedWithinAMinuteIsOneMomentPerType() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("First"));
        var second = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Second"));
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Third"));
        strategies.activate(brand, "obj_moments", 0.9, "null");
        shelf.withdrawn(second);
        var moments = moments();

        assertThat(moments).extracting(it -> it.path("type").asString()).contains("withdrawn", "strategy-activated", "published");
        assertThat(moments).extracting(it -> it.path("sequence").asLong()).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        var withdrawn = of(moments, "withdrawn");
        assertThat(withdrawn.path("count").asInt()).isEqualTo(1);
        assertThat(withdrawn.path("items").path(0).path("key").asString()).isEqualTo(second.key());
        assertThat(withdrawn.path("items").path(0).path("title").asString()).isEqualTo("Second");
        var strategy = of(moments, "strategy-activated").path("strategy");
        assertThat(List.of(strategy.path("name").asString(), strategy.path("version").asInt(), strategy.path("ended").asBoolean()))
                .isEqualTo(List.of(brand, 1, false));
        // the minute may turn while the three are published
        assertThat(moments.stream().filter(it -> it.path("type").asString().equals("published")).mapToInt(it -> it.path("count").asInt()).sum()).isEqualTo(3);
    }

    @Test
    void askingAtAMomentGivesWhatChannelsGotRightAfterIt() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Here and gone"));
        var published = of(moments(), "published");
        shelf.withdrawn(item);
        var withdrawn = of(moments(), "withdrawn");
        var web = Api.of(port).withKey(people.webKey());
        var path = "/v1/content-sets?audience=hcp&market=GB&locale=en-GB&brand=" + brand + "&at=";

        assertThat(web.get(path + published.path("at").asString()).body()).contains(item.id());
        assertThat(web.get(path + withdrawn.path("at").asString()).body()).doesNotContain(item.id());
    }

    @Test
    void aSupersessionIsToldAsThePublicationThatTookThePlace() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Once"));
        shelf.publishedAnew(item, "GB");

        assertThat(moments()).extracting(it -> it.path("type").asString()).containsOnly("published");
    }

    @Test
    void noMoreThanThirtyMomentsAreTold() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Ticking"));
        jdbc.sql("""
                        with taken as (update content_sequence set value = value + 40 returning value)
                        insert into content_change (sequence, at, type, publication_id, item_id, locale, market, actor_id)
                        select taken.value - n, now() - make_interval(mins => n), 'published', p.id, p.item_id, p.locale, p.market, p.published_by
                          from taken, generate_series(0, 39) n, publication p
                         where p.item_id = :item
                        """).param("item", item.id()).update();
        var answer = strategist.get(path("GB"));

        assertThat(answer.json().path("moments")).hasSize(30);
        assertThat(answer.json().path("older").asBoolean()).isTrue();
    }

    @Test
    @Tag("S7")
    void nobodySeesMomentsOfAMarketOrBrandThatIsNotTheirs() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Not theirs"));
        var name = "moments." + brand;
        people.person(name, "Fleur Tessier", Set.of(Role.STRATEGIST), Set.of("other"), Set.of("FR"));
        var abroad = Api.of(port).signIn(name);
        assertThat(abroad.get(path("GB")).status()).isEqualTo(404);
        assertThat(abroad.get("/manage/v1/catalogue-changes?market=FR&locale=fr-FR&brand=" + brand).status()).isEqualTo(404);

        var local = name + ".gb";
        people.person(local, "Ada Finch", Set.of(Role.STRATEGIST), Set.of("other"), Set.of("GB"));
        var answer = Api.of(port).signIn(local).get("/manage/v1/catalogue-changes?market=GB&locale=en-GB");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("Not theirs");
    }

    @Test
    @Tag("S1")
    void aMarketThatDoesNotExistIsRefused() {
        var answer = strategist.get("/manage/v1/catalogue-changes?market=XX&locale=en-GB");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("invalid-query");
    }

    private String path(String market) {
        return "/manage/v1/catalogue-changes?market=" + market + "&locale=en-GB&brand=" + brand;
    }

    private List<JsonNode> moments() {
        var answer = strategist.get(path("GB"));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("moments").valueStream().toList();
    }

    private static JsonNode of(List<JsonNode> moments, String type) {
        return moments.stream().filter(it -> it.path("type").asString().equals(type)).findFirst().orElseThrow();
    }
}
