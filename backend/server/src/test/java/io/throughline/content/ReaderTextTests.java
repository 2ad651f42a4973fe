package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReaderTextTests {

    @Test
    void referencesHaveTheOrderOfTheirNumbersAndThoseOfClaimsComeLast() {
        var source = Json.parseObject("""
                {"title": "T", "references": [{"id": "ref_a", "csl": {"type": "book"}}, {"id": "ref_b", "csl": {"type": "book"}}]}""");
        var claim = new ReaderText.Claim("itm_c", 1, "Words", List.of("ref_c"), Map.of("ref_c", Json.object().put("type", "book")));
        var document = ReaderText.of(new Item("itm_1", "ART-1", "article", "promotional", null, "usr_1", Instant.EPOCH), "en-GB", source,
                new Rendered("", "", List.of("ref_b", "ref_a")), List.of(claim));
        assertThat(document.path("referenceOrder")).extracting(it -> it.asString()).containsExactly("ref_b", "ref_a", "ref_c");
    }
}
