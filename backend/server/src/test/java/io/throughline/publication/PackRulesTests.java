package io.throughline.publication;

import static io.throughline.delivery.choice.Shelf.NOW;
import static io.throughline.delivery.choice.Shelf.dosingForGps;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.Candidate;
import io.throughline.delivery.choice.Shelf;
import io.throughline.content.ContentRules;
import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.content.Moment;
import io.throughline.content.Rules;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.delivery.choice.Composer;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Each type of rule in a market's pack: a finding and a block in a text that breaks it, an omission from sets, under one id.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class PackRulesTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired ContentRules rules;
    @Autowired MarketPacks packs;

    String brand;
    Item other;
    Item safety;
    Item claim;

    @BeforeEach
    void aBrandOfItsOwn() {
        brand = "packs" + BRAND.incrementAndGet();
        shelf.brand(brand);
        other = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, claim("The other claim"));
        safety = shelf.written("safety-information", Kinds.NON_PROMOTIONAL, brand, DeliveryFixture.safety("Safety"));
        claim = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, claim("The ruled claim"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            requires        | "items": ["OTHER"]                  | /claims/0                  | item-missing
            requires        | "pointer": "/safetyInformation"     | /safetyInformation         | required
            excludes        | "items": ["OTHER"]                  | /claims/1                  | item-excluded
            allowedChannel  | "channels": ["email"]               | /classification/channel/1  | channel-not-allowed
            allowedAudience | "audiences": ["hcp.nurse"]          | /classification/audience/0 | audience-not-allowed
            maxUse          | "times": 1, "per": "document"       | /claims/0                  | used-too-often
            order           | "items": ["OTHER"]                  | /claims/0                  | wrong-order
            pairing         | "item": "SAFETY"                    | /safetyInformation         | pairing-missing
            pairing         | "pointer": "/safetyInformation"     | /safetyInformation         | pairing-missing
            """)
    void aTextThatBreaksAMarketsRuleIsToldWhileWritingAndStoppedAtSubmission(String type, String fields, String path, String code) {
        boolean ofTheText = fields.contains("pointer");
        var pack = pack(type, fields, ofTheText ? "article" : "claim");
        var document = DeliveryFixture.article("Breaks it");
        var claims = document.putArray("claims");
        switch (type) {
            case "excludes" -> claims.add(claim.id()).add(other.id());
            case "order" -> claims.add(other.id()).add(claim.id());
            default -> claims.add(claim.id());
        }
        if (type.equals("maxUse")) {
            document.put("body", "We say :claim[" + claim.id() + "] and again :claim[" + claim.id() + "].");
        }
        if (type.equals("allowedChannel")) {
            DeliveryFixture.classify(document, "channel", "email", "web");
        }
        if (type.equals("pairing") && ofTheText) {
            document.put("efficacyClaim", true);
        }
        var text = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, document);
        for (var moment : Moment.values()) {
            assertThat(rules.check(text, "en-GB", document, pack, moment).stream().filter(it -> "GB-9".equals(it.rule())))
                    .extracting(Finding::severity, Finding::path, Finding::code, Finding::message)
                    .containsOnly(org.assertj.core.groups.Tuple.tuple(Severity.BLOCK, path, code, "Do as this market says."));
        }
        assertThat(rules.check(text, "en-GB", document, packs.get("DE"), Moment.SUBMITTING)).extracting(Finding::rule).doesNotContain("GB-9");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            requires        | "items": ["OTHER"]
            requires        | "items": ["NOBODY-HAS-THIS-KEY"]
            requires        | "pointer": "/safetyInformation"
            excludes        | "items": ["OTHER"]
            allowedChannel  | "channels": ["email"]
            allowedAudience | "audiences": ["hcp.nurse"]
            maxUse          | "times": 1, "per": "set"
            order           | "items": ["OTHER"]
            pairing         | "item": "SAFETY"
            pairing         | "pointer": "/safetyInformation"
            """)
    void whatBreaksAMarketsRuleIsLeftOutOfSetsUnderTheSameId(String type, String fields) {
        var pack = pack(type, fields, "claim");
        var document = claim("The ruled claim").put("safetyInformation", safety.id()).put("efficacyClaim", type.equals("pairing"));
        var ruled = bound(Shelf.claim(claim.id()).pairedWith(safety.id(), null).published(), claim, document, pack, Map.of());
        // what leads stands before the claim, and is the other claim itself or uses the ruled one
        var leader = switch (type) {
            case "excludes", "order" -> Shelf.article(other.id()).audience("hcp.primary-care").published();
            case "maxUse" -> bound(Shelf.article("itm_text").audience("hcp.primary-care").published(), text(), DeliveryFixture.article("Uses it"), pack,
                    Map.of(claim.id(), document));
            default -> Shelf.article("itm_text").audience("hcp.primary-care").published();
        };
        boolean unpaired = fields.contains("SAFETY") || fields.contains("pointer");
        var paired = unpaired ? Map.<String, Candidate>of() : Shelf.pairs(Shelf.safety(safety.id()).published());
        var set = Composer.compose(dosingForGps(), List.of(ruled, leader), paired, NOW);
        assertThat(set.excluded()).extracting(it -> it.id() + " " + it.rule()).containsExactly(claim.id() + " GB-9");
        assertThat(set.candidates()).extracting(Candidate::itemId).containsExactly(leader.itemId());
    }

    @Test
    void aRuleIsForTheKindsAndTypesThatItNamesOnly() {
        var pack = pack("allowedChannel", "\"channels\": [\"email\"], \"kinds\": [\"promotional\"]", "claim");
        var document = claim("On the web");
        DeliveryFixture.classify(document, "channel", "web");
        assertThat(rules.check(claim, "en-GB", document, pack, Moment.SUBMITTING)).extracting(Finding::rule).doesNotContain("GB-9");
        assertThat(rules.bind(claim, document, pack, Map.of())).isEmpty();
    }

    @Test
    void allPublicationsOfAMarketShareARuleThatAllowsChannels() {
        var pack = pack("allowedChannel", "\"channels\": [\"email\"]", "claim");
        assertThat(rules.bind(claim, claim("One"), pack, Map.of())).isEqualTo(rules.bind(other, claim("Two"), pack, Map.of())).hasSize(1);
    }

    private Candidate bound(Candidate candidate, Item item, ObjectNode document, MarketPack pack, Map<String, JsonNode> parts) {
        var held = Rules.held(rules.bind(item, document, pack, parts));
        return new Candidate(candidate.publicationId(), candidate.itemId(), candidate.key(), candidate.title(), candidate.version(), candidate.type(),
                candidate.kind(), candidate.brand(), candidate.market(), candidate.locale(), candidate.window(), candidate.approvedAt(),
                candidate.startedSequence(), candidate.facets().boundBy(List.copyOf(parts.keySet()), held));
    }

    private Item text() {
        return new Item("itm_text", "ART-TEXT", "article", Kinds.NON_PROMOTIONAL, brand, "usr_x", java.time.Instant.EPOCH);
    }

    private MarketPack pack(String type, String fields, String contentType) {
        var rule = Json.parseObject("""
                {"id": "GB-9", "type": "%s", "contentTypes": ["%s"], "message": "Do as this market says.", "source": "US-2", %s}"""
                .formatted(type, contentType, fields.replace("OTHER", other.key()).replace("SAFETY", safety.key())));
        var gb = packs.get("GB");
        return new MarketPack(gb.market(), gb.version(), gb.locales(), gb.defaultLocale(), gb.localeFallback(), gb.jobCodePattern(), gb.disciplines(),
                gb.signatory(), gb.joinedDuties(), gb.approvalMaxMonths(), gb.adverseEventStatement(), gb.imprint(), gb.binding(), gb.impact(), gb.prescribingInformationRequired(), gb.promotionToPublicAllowed(),
                gb.promotionAudiences(), gb.requireForm2253(), gb.certificateWording(), List.of(rule), gb.sources());
    }

    private static ObjectNode claim(String text) {
        return DeliveryFixture.document(text).put("text", text + ".").put("efficacyClaim", false);
    }
}
