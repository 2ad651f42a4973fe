package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Rendered;
import io.throughline.shared.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryDocumentTests {

    @Test
    void referencesHaveTheOrderOfTheirNumbersAndThoseOfClaimsComeLast() {
        var source = Json.parseObject("""
                {"title": "T", "references": [{"id": "ref_a", "csl": {"type": "book"}}, {"id": "ref_b", "csl": {"type": "book"}}]}""");
        var claim = new DeliveryDocument.Claim("itm_c", "Words", List.of("ref_c"), Map.of("ref_c", Json.object().put("type", "book")));
        var document = Json.object();
        DeliveryDocument.addContent(document, new Item("itm_1", "ART-1", "article", "promotional", null, "usr_1", Instant.EPOCH), source,
                new Rendered("", "", List.of("ref_b", "ref_a")), List.of(claim));
        assertThat(document.path("referenceOrder")).extracting(it -> it.asString()).containsExactly("ref_b", "ref_a", "ref_c");
    }
}
