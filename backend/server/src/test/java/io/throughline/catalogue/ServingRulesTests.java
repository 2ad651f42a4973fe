package io.throughline.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.choice.Shelf;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each rule of serving by itself; [WaysOutTests] shows that every way out asks for them.
class ServingRulesTests {

    private static final Candidate PI = Shelf.prescribing("pi").published();
    private static final Candidate SAFETY = Shelf.safety("saf").kind(Kinds.PROMOTIONAL).published();

    private static Optional<String> rule(Candidate candidate, Candidate... published) {
        var beside = Arrays.stream(published).collect(Collectors.toMap(Candidate::itemId, it -> it));
        return ServingRules.refuse(candidate, beside, Shelf.market(true), Shelf.NOW).map(Refusal::rule);
    }

    private static Candidate promotion(String... audience) {
        return Shelf.article("promotion").kind(Kinds.PROMOTIONAL).audience(audience).pairedWith("saf", "pi").published();
    }

    @Test
    @Tag("UK-5")
    void promotionNeedsItsPrescribingInformationWhereTheMarketAsksForIt() {
        assertThat(rule(promotion("hcp"), SAFETY, PI)).isEmpty();
        assertThat(rule(promotion("hcp"), SAFETY)).hasValue("UK-5");
        assertThat(ServingRules.refuse(promotion("hcp"), Map.of("saf", SAFETY), Shelf.market(false), Shelf.NOW)).isEmpty();
        assertThat(rule(Shelf.article("plain").kind(Kinds.NON_PROMOTIONAL).published())).isEmpty();
    }

    @Test
    @Tag("US-2")
    void promotionAndEfficacyNeedTheirSafetyInformationOfTheSameKind() {
        assertThat(rule(promotion("hcp"), PI)).hasValue("US-2");
        assertThat(rule(promotion("hcp"), Shelf.safety("saf").kind(Kinds.NON_PROMOTIONAL).published(), PI)).hasValue("US-2");
        assertThat(rule(Shelf.article("works").kind(Kinds.NON_PROMOTIONAL).efficacy().published())).hasValue("US-2");
    }

    @Test
    @Tag("EU-2")
    void promotionThatIsMadeForThePublicTooGoesToNobody() {
        assertThat(rule(promotion("hcp", "patient"), SAFETY, PI)).hasValue("EU-2");
        assertThat(rule(promotion("patient"), SAFETY, PI)).hasValue("EU-2");
    }

    @Test
    @Tag("US-9")
    void scientificExchangeIsForProfessionalsOnly() {
        assertThat(rule(Shelf.article("science").kind(Kinds.SCIENTIFIC_EXCHANGE).audience("hcp.cardiology").published())).isEmpty();
        assertThat(rule(Shelf.article("science").kind(Kinds.SCIENTIFIC_EXCHANGE).audience("hcp", "patient").published())).hasValue("US-9");
        assertThat(rule(Shelf.article("science").kind(Kinds.NON_PROMOTIONAL).audience("patient").published())).isEmpty();
    }

    @Test
    @Tag("EU-2")
    @Tag("US-9")
    void whatNamesNoAudienceGoesToNobody() {
        assertThat(rule(promotion(), SAFETY, PI)).hasValue("EU-2");
        assertThat(rule(Shelf.article("science").kind(Kinds.SCIENTIFIC_EXCHANGE).audience().published())).hasValue("US-9");
        assertThat(rule(Shelf.article("plain").kind(Kinds.NON_PROMOTIONAL).audience().published())).hasValue("allowedAudience");
        assertThat(rule(Shelf.safety("saf").kind(Kinds.PROMOTIONAL).audience().published())).isEmpty();
        assertThat(rule(Shelf.prescribing("pi").audience().published())).isEmpty();
    }

    @Test
    @Tag("RV-7")
    void nothingGoesOutBeforeItsWindowOrFromItsEndOn() {
        var window = Shelf.article("timed").effective(Shelf.NOW, Shelf.NOW.plusSeconds(1)).published();
        assertThat(rule(window)).isEmpty();
        assertThat(ServingRules.refuse(window, Map.of(), Shelf.market(true), Shelf.NOW.minusNanos(1)).map(Refusal::rule)).hasValue("window");
        assertThat(ServingRules.refuse(window, Map.of(), Shelf.market(true), Shelf.NOW.plusSeconds(1)).map(Refusal::rule)).hasValue("window");
    }

    @Test
    void safetyAndPrescribingInformationNeedNoOther() {
        assertThat(rule(SAFETY)).isEmpty();
        assertThat(rule(PI)).isEmpty();
    }
}
