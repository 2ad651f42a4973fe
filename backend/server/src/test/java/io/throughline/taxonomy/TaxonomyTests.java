package io.throughline.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class TaxonomyTests {

    @LocalServerPort int port;
    @Autowired Taxonomy taxonomy;
    @Autowired MarketPacks packs;
    @Autowired Brands brands;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;

    @Test
    void knowsEverySchemeOfTheContract() {
        assertThat(taxonomy.schemes()).extracting(ConceptScheme::name).containsExactlyInAnyOrder("audiences", "stages", "needs", "channels",
                "markets", "locales", "engagement-models", "value-exchange", "topics", "indications",
                "life-cycle-stages", "segments");
        assertThatThrownBy(() -> taxonomy.find("tags", "x")).hasMessageContaining("no scheme 'tags'");
    }

    @Test
    void aBroaderConceptIncludesItsNarrowerOnesAndNotTheOtherWayRound() {
        assertThat(taxonomy.narrowerOrSame("audiences", "hcp")).contains("hcp", "hcp.cardiology", "hcp.primary-care").doesNotContain("patient");
        assertThat(taxonomy.narrowerOrSame("audiences", "hcp.cardiology")).containsExactly("hcp.cardiology");
        assertThat(taxonomy.broaderOrSame("needs", "dosing")).containsExactly("dosing", "treatment-decision");
        assertThat(taxonomy.narrowerOrSame("audiences", "nobody")).isEmpty();
        assertThat(taxonomy.broaderOrSame("audiences", "nobody")).isEmpty();
    }

    @Test
    void theStageAfterIsTheNextOneOfTheSameJourney() {
        assertThat(taxonomy.stageAfter("considering")).hasValueSatisfying(it -> assertThat(it.notation()).isEqualTo("trying"));
        assertThat(taxonomy.stageAfter("system-efficiency")).isEmpty();
        assertThat(taxonomy.stageAfter("patient.living-with")).isEmpty();
        assertThat(taxonomy.stageAfter("no-such-stage")).isEmpty();
    }

    @Test
    void distanceCountsStagesOfOneJourneyAndStepsBetweenRelatives() {
        assertThat(taxonomy.distance("stages", "aware", "aware")).hasValue(0);
        assertThat(taxonomy.distance("stages", "aware", "trying")).hasValue(2);
        assertThat(taxonomy.distance("stages", "trying", "aware")).hasValue(2);
        assertThat(taxonomy.distance("stages", "aware", "patient.deciding")).isEmpty();
        assertThat(taxonomy.distance("needs", "dosing", "treatment-decision")).hasValue(1);
        assertThat(taxonomy.distance("needs", "dosing", "select-patient")).hasValue(2);
        assertThat(taxonomy.distance("needs", "dosing", "daily-life")).isEmpty();
    }

    @Test
    void labelsFollowTheLanguageAndFallBackToEnglish() {
        var concept = taxonomy.find("audiences", "hcp").orElseThrow();
        assertThat(concept.label("de-CH")).isEqualTo(concept.label("de-DE")).isNotEqualTo(concept.label("en-GB"));
        assertThat(concept.label("fr-FR")).isEqualTo(concept.label("en-GB"));
    }

    @Test
    void theWholeDocumentOfAVersionIsKeptOnceAndForGood() {
        assertThat(jdbc.sql("select count(*) from concept_scheme_version").query(Integer.class).single()).isEqualTo(12);
        assertThatThrownBy(() -> jdbc.sql("delete from concept_scheme_version").update()).hasMessageContaining("append-only");
    }

    @Test
    void marketPacksSayWhatEachMarketAsks() {
        var gb = packs.get("GB");
        assertThat(gb.approvalMaxMonths()).isEqualTo(24);
        assertThat(gb.promotionToPublicAllowed()).isFalse();
        assertThat(gb.disciplinesFor("promotional")).containsExactly("medical", "legal", "regulatory");
        assertThat(packs.get("CH").localeChain("de-CH")).containsExactly("de-CH", "de-DE");
        assertThat(gb.localeChain("de-DE")).isEmpty();
        assertThat(packs.find("XX")).isEmpty();
        assertThat(packs.list()).extracting(MarketPack::market).containsExactly("CH", "DE", "FR", "GB", "US");
    }

    @Test
    void aPersonSeesTheBrandsAndMarketsOfTheirScopeOnly() {
        brands.add(Actor.system(), new Brand("one", "One", "onemab", "cardiology", List.of("hfref"), "launch"));
        brands.add(Actor.system(), new Brand("two", "Two", "twomab", "diabetes", List.of("type-2-diabetes"), "mature"));
        people.person("scoped.writer", "Scoped Writer", Set.of(Role.WRITER), Set.of("one"), Set.of("GB"));
        var scoped = Api.of(port).signIn("scoped.writer");
        assertThat(scoped.get("/manage/v1/brands").json().at("/brands")).hasSize(1);
        assertThat(scoped.get("/manage/v1/markets").json().at("/markets")).hasSize(1);
        assertThat(scoped.get("/manage/v1/vocabularies").json().at("/schemes")).hasSize(12);
        assertThatThrownBy(() -> brands.add(Actor.system(), new Brand("x", "X", "x", "x", List.of("no-such"), "x")))
                .hasMessageContaining("no indication");
    }
}
