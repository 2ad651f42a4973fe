package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/// What a writer typed is what a channel's reader gets: numbers, ranges, alleles, intervals, claims, footnotes and tables.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class TypedWordsHttpTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    @Test
    void whatWasTypedIsServedAsItWasTyped() {
        var claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, document("A claim").put("text", "Risk fell by 18 %.").put("efficacyClaim", false));
        var typed = article("Typed words").put("body", """
                Platelets 250 × 10^9/L, 10^6 and later 10^8 CFU, 5 × 10^6 units/kg.

                Then 250 × 10^9^/L.

                Mean 5~10 mg and 10~20 mg; CYP2C19*2 and CYP2C19*3, HLA-B*57:01 and HLA-A*31:01.

                95%% CI [1-3], interval [2,3], seen [@ref_c], then [@ref_a; @ref_c] and [@ref_a; @ref_b; @ref_c].

                Claim: :claim[%s] BMI in kg/m^2[^1], at 2:1.

                | Arm \\| dose | n |
                |--|--|
                | 5 mg<br>10 mg | 12 |

                [^1]: Body mass index.
                """.formatted(claim.id()));
        var references = typed.putArray("references");
        for (var id : List.of("ref_a", "ref_b", "ref_c", "ref_uncited")) {
            references.addObject().put("id", id).set("csl", Json.object().put("type", "book").put("title", id));
        }
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, typed);
        shelf.awaitIndex();
        var web = Api.of(port).withKey(people.webKey());

        assertRight(web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").json());
        assertRight(web.get("/v1/items?market=GB&locale=en-GB&ids=" + item.id()).json().at("/items/0"));
    }

    private static void assertRight(JsonNode served) {
        var sentences = List.of("Platelets 250 × 10^9/L, 10^6 and later 10^8 CFU, 5 × 10^6 units/kg.",
                "Mean 5~10 mg and 10~20 mg; CYP2C19*2 and CYP2C19*3, HLA-B*57:01 and HLA-A*31:01.",
                "95% CI [1-3], interval [2,3], seen [1], then [1,2] and [1–3].",
                "Claim: Risk fell by 18 %. BMI in kg/m^2[a], at 2:1.");
        assertThat(served.path("plainText").asString()).contains(sentences).contains("Arm | dose\tn\n5 mg 10 mg\t12", "Then 250 × 10⁹/L.", "[a] Body mass index.");
        var html = Jsoup.parse(served.path("html").asString());
        assertThat(html.select("p").eachText()).containsAll(sentences);
        assertThat(served.path("html").asString()).contains("Then 250 × 10<sup>9</sup>/L.");
        assertThat(html.select("th").eachText()).contains("Arm | dose");
        assertThat(html.select("td").first().html().replaceAll("\\s*<br>\\s*", "<br>")).isEqualTo("5 mg<br>10 mg");
        assertThat(html.select("ul.footnotes li").eachText()).containsExactly("[a] Body mass index.");
        assertThat(html.text()).doesNotContain(":claim[", "@ref", "[^1]", "<br", "\\|");
        assertThat(html.select("em, sub, del")).isEmpty();
        assertThat(served.path("referenceOrder")).extracting(JsonNode::asString).containsExactly("ref_c", "ref_a", "ref_b", "ref_uncited");
    }
}
