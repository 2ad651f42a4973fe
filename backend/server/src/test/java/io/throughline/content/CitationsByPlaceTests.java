package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationsByPlaceTests {

    private static final List<String> THREE = List.of("ref_a", "ref_b", "ref_c");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "seen [1].            | seen [@ref_a].",
            "seen [1,3]           | seen [@ref_a; @ref_c]",
            "seen [1-3]           | seen [@ref_a; @ref_b; @ref_c]",
            "seen [1–2, 3]        | seen [@ref_a; @ref_b; @ref_c]",
            "seen [1][2]          | seen [@ref_a][@ref_b]",
            "2:1 [note] seen [2]  | 2:1 [note] seen [@ref_b]",
            "[a](https://b.c) [1] | [a](https://b.c) [@ref_a]",
            "seen [4]             | seen [4]",
            "seen [3-1]           | seen [3-1]",
            "seen [0]             | seen [0]",
            "`x[1]` [1]           | `x[1]` [@ref_a]",
            "\\[1\\] [1]          | \\[1\\] [@ref_a]",
            "\\[1] [1]            | \\[1] [@ref_a]",
            "[1](https://b.c)     | [1](https://b.c)",
    })
    void whatCitesByPlaceCitesById(String before, String after) {
        assertThat(CitationsByPlace.toIds(before, THREE)).isEqualTo(after);
    }

    @Test
    void aTextThatIsBoundedKeepsItsOwnForm() {
        var long1 = "*a* [1] ".repeat(2000);
        assertThat(CitationsByPlace.toIds(long1 + "\r\n\r\nthen [2]\r\n", THREE)).isEqualTo(long1 + "\r\n\r\nthen [@ref_b]\r\n");
    }

    @Test
    void bodyAndStepsOfADocumentAreRewritten() {
        var document = Json.parseObject("""
                {"title": "T [1]", "body": "a [1]", "steps": [{"title": "s", "body": "b [2]"}, {"item": "itm_1"}],
                 "references": [{"id": "ref_a", "csl": {"type": "book"}}, {"id": "ref_b", "csl": {"type": "book"}}]}""");
        var changed = CitationsByPlace.toIds(document);
        assertThat(changed.path("title").asString()).isEqualTo("T [1]");
        assertThat(changed.path("body").asString()).isEqualTo("a [@ref_a]");
        assertThat(changed.path("steps").path(0).path("body").asString()).isEqualTo("b [@ref_b]");
        assertThat(document.path("body").asString()).as("the document given").isEqualTo("a [1]");
    }
}
