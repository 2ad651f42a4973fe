package io.throughline.content;

import static io.throughline.content.ContentFixture.article;
import static io.throughline.content.ContentFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.content.ContentDesk.Creation;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.testing.IntegrationTest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class ContentRulesTests {

    @Autowired ContentDesk desk;
    @Autowired ContentRules rules;
    @Autowired Contents contents;
    @Autowired MarketPacks packs;
    @Autowired JdbcClient jdbc;

    Actor writer;

    @BeforeEach
    void people() {
        var fixture = new ContentFixture(jdbc);
        writer = fixture.writer("wanda");
        fixture.brand("velorix");
        fixture.brand("glymera");
    }

    @Test
    void acompleteNonPromotionalArticleHasNoFindings() {
        assertThat(check("non-promotional", null, article("One"), "GB")).isEmpty();
    }

    @Test
    void whatIsMissingForSubmissionBlocksWithItsPointer() {
        var document = Json.object().put("title", "One").put("body", " \n");
        assertThat(check("non-promotional", null, document, "GB")).extracting(Finding::code, Finding::severity, Finding::path).containsExactly(
                tuple("empty-body", Severity.BLOCK, "/body"),
                tuple("missing-classification", Severity.BLOCK, "/classification/audience"),
                tuple("missing-classification", Severity.BLOCK, "/classification/stage"),
                tuple("missing-classification", Severity.BLOCK, "/classification/need"));
    }

    @Test
    @Tag("US-2")
    void whatClaimsEfficacyNeedsItsSafetyInformation() {
        var document = article("One").put("efficacyClaim", true);
        assertThat(codes(check("promotional", "velorix", withPrescribing(document), "GB"))).containsExactly("safety-information-missing");
        document.put("safetyInformation", safety("promotional", "velorix"));
        assertThat(check("promotional", "velorix", document, "GB")).isEmpty();
        document.put("efficacyClaim", false).remove("safetyInformation");
        assertThat(check("promotional", "velorix", document, "GB")).isEmpty();
    }

    @Test
    void manyTextsAreJudgedTogetherAsEachIsAlone() {
        var claim = create("claim", "promotional", "velorix", claim("It works.", true));
        var made = List.of(create("article", "promotional", "velorix", article("Says :claim[" + claim.id() + "]").put("body", "We say :claim[" + claim.id() + "].")),
                create("article", "promotional", "velorix", article("Two").put("efficacyClaim", true).put("safetyInformation", safety("promotional", "glymera"))),
                create("article", "non-promotional", null, article("Three").put("body", "Nothing cites [@ref_0000000000000000000000009].")), claim);
        var texts = made.stream().map(item -> new ContentRules.Writing(item, "en-GB", contents.findDraft(item.id(), "en-GB").orElseThrow().document())).toList();
        var together = rules.checkWriting(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i)).as(made.get(i).key())
                    .isEqualTo(rules.check(texts.get(i).item(), "en-GB", texts.get(i).document(), null, Moment.WRITING));
        }
        assertThat(together.subList(0, 3)).as("each has something of its own to be told").doesNotContain(List.of()).doesNotHaveDuplicates();
    }

    @Test
    @Tag("UK-1")
    void whatIsBoundByItsWordsAndWasNeverSubmittedIsSaidWhileWriting() {
        var claim = create("claim", "non-promotional", null, claim("It is a tablet.", false));
        var document = article("One").put("body", "We say :claim[" + claim.id() + "].");
        var item = create("article", "non-promotional", null, document);
        assertThat(rules.check(item, "en-GB", document, null, Moment.WRITING)).extracting(Finding::code, Finding::severity, Finding::message)
                .containsExactly(tuple("part-not-submitted", Severity.WARNING, claim.key() + " has no version in en-GB yet. Submit it before this text, or take it out."));
        var pi = create("prescribing-information", "promotional", "velorix", Json.object().put("title", "PI"));
        assertThat(rules.check(item, "en-GB", article("One").put("prescribingInformation", pi.id()), null, Moment.WRITING)).extracting(Finding::code)
                .as("bound by its current version").doesNotContain("part-not-submitted");
    }

    @Test
    @Tag("US-2")
    void anEfficacyClaimInsideBringsTheSameNeed() {
        var claim = create("claim", "promotional", "velorix", claim("It works.", true));
        var listed = withPrescribing(article("One"));
        listed.putArray("claims").add(claim.id());
        assertThat(codes(check("promotional", "velorix", listed, "GB"))).containsExactly("safety-information-missing");
        var named = withPrescribing(article("One").put("body", "We say :claim[" + claim.id() + "]."));
        assertThat(codes(check("promotional", "velorix", named, "GB"))).containsExactly("safety-information-missing");
        var harmless = create("claim", "promotional", "velorix", claim("It is a tablet.", false));
        var other = withPrescribing(article("One"));
        other.putArray("claims").add(harmless.id());
        assertThat(check("promotional", "velorix", other, "GB")).isEmpty();
    }

    @Test
    @Tag("US-2")
    void safetyInformationOfAnotherBrandOrKindIsNotEnough() {
        var document = withPrescribing(article("One").put("efficacyClaim", true));
        assertThat(codes(check("promotional", "velorix", document.put("safetyInformation", safety("promotional", "glymera")), "GB"))).containsExactly("safety-information-missing");
        assertThat(codes(check("promotional", "velorix", document.put("safetyInformation", safety("non-promotional", "velorix")), "GB"))).containsExactly("safety-information-missing");
    }

    @Test
    @Tag("UK-5")
    void promotionNeedsThePrescribingInformationOfItsBrand() {
        assertThat(codes(check("promotional", "velorix", article("One"), "GB"))).containsExactly("prescribing-information-missing");
        assertThat(codes(check("non-promotional", "velorix", article("One"), "GB"))).isEmpty();
        var foreign = create("prescribing-information", "promotional", "glymera", Json.object().put("title", "PI"));
        assertThat(codes(check("promotional", "velorix", article("One").put("prescribingInformation", foreign.id()), "GB"))).containsExactly("prescribing-information-missing");
    }

    @Test
    @Tag("EU-2")
    void promotionForAnyoneButProfessionalsIsBlockedWhereTheMarketForbidsIt() {
        for (var audience : List.of("patient", "patient.on-treatment", "caregiver", "public", "payer")) {
            var document = withPrescribing(article("One"));
            document.withArray("/classification/audience").add(audience);
            for (var market : List.of("GB", "DE", "FR", "CH")) {
                assertThat(check("promotional", "velorix", document, market)).extracting(Finding::code, Finding::severity, Finding::path)
                        .containsExactly(tuple("promotion-to-public", Severity.BLOCK, "/classification/audience/1"));
            }
            assertThat(check("promotional", "velorix", document, "US")).isEmpty();
            assertThat(check("non-promotional", "velorix", document, "GB")).isEmpty();
        }
    }

    @Test
    @Tag("EU-2")
    void withoutAMarketPromotionToThePublicIsAWarning() {
        var document = withPrescribing(article("One"));
        document.withArray("/classification/audience").add("patient");
        assertThat(check("promotional", "velorix", document, null)).extracting(Finding::code, Finding::severity)
                .containsExactly(tuple("promotion-to-public", Severity.WARNING));
    }

    @Test
    @Tag("US-9")
    void scientificExchangeIsForProfessionalsOnly() {
        var document = article("One");
        assertThat(check("scientific-exchange", null, document, "US")).isEmpty();
        document.withArray("/classification/audience").add("payer");
        assertThat(codes(check("scientific-exchange", null, document, "US"))).containsExactly("scientific-exchange-outside-hcp");
    }

    @Test
    @Tag("US-1")
    void aResultWithoutACitationIsHintedAtInPromotionalText() {
        var bare = withPrescribing(article("One").put("body", "Risk fell by 18% in the trial."));
        assertThat(check("promotional", "velorix", bare, "GB")).extracting(Finding::code, Finding::severity).containsExactly(tuple("uncited-claim", Severity.HINT));
        var cited = withPrescribing(article("One").put("body", "Risk fell by 18% in the trial [@ref_1]."));
        cited.putArray("references").addObject().put("id", "ref_1").putObject("csl").put("type", "book");
        assertThat(check("promotional", "velorix", cited, "GB")).isEmpty();
    }

    @Test
    @Tag("US-1")
    void anAnchorPointsAtAReferenceOfItsDocument() {
        var document = claim("It is a tablet.", false);
        document.putArray("anchors").addObject().put("reference", "ref_1").put("quote", "tablet");
        assertThat(codes(rules.check(new Item("itm_x", "CLM-0", "claim", "non-promotional", null, "usr_x", java.time.Instant.EPOCH), "en-GB", document, null, Moment.SUBMITTING)))
                .containsExactly("unknown-reference");
    }

    @Test
    @Tag("US-1")
    void aCitationOfNothingAndWhatIsNearlyADirectiveAreRefused() {
        var document = article("One").put("body", "Seen [@ref_1; @ref_2]. See [cf. @ref_1, p. 3]. Typed :claim[CLM-1] and \\[@ref_9\\], `[@ref_9]`, [1-3].");
        document.putArray("references").addObject().put("id", "ref_1").putObject("csl").put("type", "book");
        assertThat(check("non-promotional", null, document, "GB")).extracting(Finding::code, Finding::severity, Finding::path).containsExactly(
                tuple("unknown-reference", Severity.BLOCK, "/body"), tuple("unknown-reference", Severity.BLOCK, "/body"),
                tuple("unreadable-directive", Severity.BLOCK, "/body"), tuple("unknown-reference", Severity.BLOCK, "/body"));
        assertThat(check("non-promotional", null, document, "GB").getFirst().message()).contains("ref_2");
    }

    private List<Finding> check(String kind, @Nullable String brand, ObjectNode document, @Nullable String market) {
        MarketPack pack = market == null ? null : packs.get(market);
        return rules.check(new Item("itm_x", "ART-0", "article", kind, brand, "usr_x", java.time.Instant.EPOCH), "en-GB", document, pack, Moment.SUBMITTING);
    }

    private ObjectNode withPrescribing(ObjectNode document) {
        return document.put("prescribingInformation",
                create("prescribing-information", "promotional", "velorix", Json.object().put("title", "PI")).id());
    }

    private String safety(String kind, String brand) {
        return create("safety-information", kind, brand, Json.object().put("title", "ISI")).id();
    }

    private Item create(String type, String kind, String brand, ObjectNode document) {
        return ((Creation.Created) desk.create(writer, new NewItem(type, kind, brand, "en-GB", document))).item();
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }
}
