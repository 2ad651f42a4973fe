package io.throughline.strategy;

import static io.throughline.strategy.StrategyFixture.objective;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.taxonomy.Brand;
import io.throughline.taxonomy.Brands;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a strategist of one brand may do with the strategies of that brand, of another one, and of the portfolio.
@IntegrationTest
class StrategyScopeHttpTests {

    private static final String STRATEGIES = "/manage/v1/strategies";
    private static final String REASON = "{\"reason\": \"The board agreed.\"}";
    private static final String NOT_FOUND = "There is no such strategy or version, or it is not yours to read. Look it up in the list of strategies.";

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired Brands brands;
    @Autowired JdbcClient jdbc;

    /// Of every brand.
    Api author;
    /// Of every brand.
    Api lead;
    /// Of Velmora alone.
    Api vera;
    /// Of Velmora alone, too.
    Api victor;

    @BeforeEach
    void signIn() {
        brands.add(Actor.system(), new Brand("velmora", "Velmora", "velmostat", "Cardiometabolic", List.of("hfref"), "launch"));
        brands.add(Actor.system(), new Brand("nordalis", "Nordalis", "nordalimab", "Respiratory", List.of("severe-asthma"), "growth"));
        author = Api.of(port).signIn(people.strategist().username());
        lead = strategist("stefan.lead", "Stefan Lead", "*");
        vera = strategist("vera.velmora", "Vera Velmora", "velmora");
        victor = strategist("victor.velmora", "Victor Velmora", "velmora");
    }

    @Test
    @Tag("S8")
    void whoeverHasOneBrandStatesNothingForThePortfolio() {
        var before = Footprint.of(jdbc);

        var refused = vera.post(STRATEGIES, "{\"name\": \"Mine for all\"}");

        assertForbidden(refused);
        assertThat(vera.post(STRATEGIES, "{\"name\": \"Theirs\", \"brand\": \"nordalis\"}").status()).isEqualTo(422);
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(vera.post(STRATEGIES, "{\"name\": \"Mine\", \"brand\": \"velmora\"}").status()).isEqualTo(201);
        assertThat(author.post(STRATEGIES, "{\"name\": \"For all\"}").status()).isEqualTo(201);
    }

    @Test
    @Tag("S8")
    void whoeverHasOneBrandReadsThePortfoliosStrategyAndTakesNoStepWithIt() {
        var draft = stored(null, objective("obj_one"));
        refusesEveryStep(draft);
        assertThat(lead.post(draft + "/approval", approval("stefan.lead", draft)).status()).isEqualTo(201);
        refusesEveryStep(draft);
        assertThat(author.post(draft + "/activation", REASON).json().path("state").asString()).isEqualTo("active");
        refusesEveryStep(draft);
        assertThat(author.post(draft + "/ending", REASON).json().path("state").asString()).isEqualTo("ended");
    }

    private void refusesEveryStep(String version) {
        var read = vera.get(version);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().path("permissions").valueStream().map(it -> it.asBoolean())).hasSize(3).containsOnly(false);
        var before = Footprint.of(jdbc);
        everyStep(vera, version).forEach(StrategyScopeHttpTests::assertForbidden);
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(jdbc.sql("select count(distinct action) from audit_entry where subject_id = :id and action like 'strategy%.refused'")
                .param("id", strategyOf(version).substring(STRATEGIES.length() + 1)).query(Long.class).single()).isEqualTo(4);
    }

    @Test
    @Tag("S7")
    @Tag("S8")
    void whoeverHasOneBrandFindsNoStepOfAnothersStrategy() {
        var version = stored("nordalis", objective("obj_one"));
        for (int state = 0; state < 3; state++) {
            var before = Footprint.of(jdbc);
            assertThat(everyStep(vera, version)).allSatisfy(it -> {
                assertThat(it.status()).isEqualTo(404);
                assertThat(it.json().path("detail").asString()).isEqualTo(NOT_FOUND);
            });
            assertThat(Footprint.of(jdbc)).isEqualTo(before);
            var step = switch (state) {
                case 0 -> lead.post(version + "/approval", approval("stefan.lead", version));
                case 1 -> author.post(version + "/activation", REASON);
                default -> author.post(version + "/ending", REASON);
            };
            assertThat(step.status()).as(step.body()).isEqualTo(201);
        }
    }

    @Test
    @Tag("S8")
    void whoeverHasOneBrandTakesEveryStepWithThatBrandsStrategy() {
        var id = vera.post(STRATEGIES, "{\"name\": \"Velmora\", \"brand\": \"velmora\"}").json().path("id").asString();
        var version = vera.post(STRATEGIES + "/" + id + "/versions", document(objective("obj_one", "\"brands\": [\"velmora\"]"))).header("Location").orElseThrow();

        assertThat(waitingFor(victor)).contains(id);
        assertThat(victor.post(version + "/approval", approval("victor.velmora", version)).status()).isEqualTo(201);
        assertThat(vera.get(version).json().path("permissions").path("activate").asBoolean()).isTrue();
        assertThat(vera.post(version + "/activation", later()).json().path("state").asString()).isEqualTo("scheduled");
        assertThat(victor.post(version + "/ending", REASON).json().path("state").asString()).isEqualTo("ended");
    }

    @Test
    @Tag("S7")
    @Tag("S8")
    void anObjectiveNamesOnlyBrandsOfItsAuthor() {
        var strategy = strategyOf(stored("velmora", objective("obj_one")));

        var anothers = vera.post(strategy + "/versions", document(objective("obj_one", "\"brands\": [\"velmora\", \"nordalis\"]")));
        var nobodys = vera.post(strategy + "/versions", document(objective("obj_one", "\"brands\": [\"velmora\", \"nobodys\"]")));

        assertThat(List.of(anothers, nobodys)).allSatisfy(it -> {
            assertThat(it.status()).isEqualTo(422);
            assertThat(it.json().path("errors").get(0).path("code").asString()).isEqualTo("unknown-concept");
            assertThat(it.json().path("errors").get(0).path("path").asString()).isEqualTo("/objectives/0/brands/1");
        });
        assertThat(anothers.json().path("detail").asString().replace("nordalis", "nobodys")).isEqualTo(nobodys.json().path("detail").asString());
        assertThat(vera.post(strategy + "/versions", document(objective("obj_one", "\"brands\": [\"velmora\"]"))).status()).isEqualTo(201);
        assertThat(author.post(strategy + "/versions", document(objective("obj_one", "\"brands\": [\"velmora\", \"nordalis\"]"))).status()).isEqualTo(201);
    }

    /// Written by somebody of every brand, it would decide for another brand by the hand of whoever has one.
    @Test
    @Tag("S8")
    void aVersionThatNamesAnotherBrandIsForThoseWhoHaveBoth() {
        var version = stored("velmora", objective("obj_one", "\"brands\": [\"velmora\", \"nordalis\"]"));
        assertThat(waitingFor(vera)).doesNotContain(strategyOf(version).substring(STRATEGIES.length() + 1));

        assertForbidden(vera.post(version + "/approval", approval("vera.velmora", version)));
        lead.post(version + "/approval", approval("stefan.lead", version));
        assertForbidden(vera.post(version + "/activation", REASON));
        author.post(version + "/activation", REASON);
        assertForbidden(vera.post(version + "/ending", REASON));
        assertThat(author.post(version + "/ending", REASON).status()).isEqualTo(201);
    }

    @Test
    @Tag("S8")
    void whatWaitsInThePortfolioWaitsForThoseWhoHaveEveryBrand() {
        var id = strategyOf(stored(null, objective("obj_one"))).substring(STRATEGIES.length() + 1);

        assertThat(waitingFor(lead)).contains(id);
        assertThat(waitingFor(vera)).doesNotContain(id);
    }

    /// The signature's owner counts, not only whoever is signed in.
    @Test
    @Tag("S8")
    void nobodySignsForThePortfolioWithTheSessionOfSomebodyElse() {
        var version = stored(null, objective("obj_one"));
        var before = Footprint.of(jdbc);

        assertThat(lead.post(version + "/approval", approval("vera.velmora", version)).status()).isEqualTo(403);
        assertForbidden(vera.post(version + "/approval", approval("stefan.lead", version)));

        assertThat(Footprint.of(jdbc)).isEqualTo(before);
    }

    private List<Api.Answer> everyStep(Api person, String version) {
        return List.of(person.post(strategyOf(version) + "/versions", document(objective("obj_one"))),
                person.post(version + "/approval", approval("vera.velmora", version)),
                person.post(version + "/activation", REASON),
                person.post(version + "/activation", later()),
                person.post(version + "/ending", REASON));
    }

    private static void assertForbidden(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("forbidden");
        assertThat(answer.json().path("detail").asString()).contains("Ask a strategist who has every brand");
    }

    private Api strategist(String username, String displayName, String brand) {
        people.person(username, displayName, Set.of(Role.STRATEGIST), Set.of(brand), Set.of("*"));
        return Api.of(port).signIn(username);
    }

    private String stored(@Nullable String brand, String objective) {
        var id = author.post(STRATEGIES, brand == null ? "{\"name\": \"Portfolio\"}" : "{\"name\": \"%1$s\", \"brand\": \"%1$s\"}".formatted(brand)).json().path("id").asString();
        var answer = author.post(STRATEGIES + "/" + id + "/versions", document(objective));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location").orElseThrow();
    }

    private String approval(String signer, String version) {
        return """
                {"reason": "It says what we want.", "sha256": "%s", "signature": {"userId": "%s", "password": "%s"}}"""
                .formatted(author.get(version).json().path("sha256").asString(), signer, PeopleFixture.PASSWORD);
    }

    private static List<String> waitingFor(Api person) {
        return person.get("/manage/v1/my-work").json().path("strategiesToApprove").valueStream().map(it -> it.path("strategyId").asString()).toList();
    }

    private static String strategyOf(String version) {
        return version.substring(0, version.indexOf("/versions/"));
    }

    private static String later() {
        return "{\"reason\": \"Later.\", \"from\": \"%s\"}".formatted(Instant.now().plusSeconds(86_400));
    }

    private static String document(String objective) {
        return "{\"document\": {\"summary\": \"Fewer, better contacts.\", \"objectives\": [%s]}}".formatted(objective);
    }
}
