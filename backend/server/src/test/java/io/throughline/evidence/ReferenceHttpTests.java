package io.throughline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class ReferenceHttpTests {

    private static final String REFERENCES = "/manage/v1/references";

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;

    Api wanda;

    @BeforeEach
    void signIn() {
        wanda = Api.of(port).signIn(people.writer().username());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.5555/JSC.2025.0341", "10.5555/jsc.2025.0341", "https://doi.org/10.5555/jsc.2025.0341", "http://dx.doi.org/10.5555/JSC.2025.0341",
        "doi:10.5555/jsc.2025.0341", "DOI: 10.5555/jsc.2025.0341 "})
    void aWorkIsFoundByItsDoiHoweverItIsWritten(String written) {
        var id = register("An invented trial", "DOI", "https://doi.org/10.5555/JSC.2025.0341");
        assertThat(found("doi", written)).contains(id);
        assertThat(register("An invented trial", "DOI", written.strip())).as("it is the same reference").isEqualTo(id);
    }

    @Test
    void aDoiThatOnlyBeginsTheSameIsAnotherWork() {
        var id = register("The other trial", "DOI", "10.5555/abc.12");
        assertThat(found("doi", "10.5555/abc.1")).doesNotContain(id);
        assertThat(found("doi", "10.5555/abc.123")).doesNotContain(id);
    }

    @Test
    void aWorkIsFoundByItsPmidAndTheSameWorkKeepsItsId() {
        var id = register("A registry study", "PMID", "30415602");
        assertThat(register("A registry study", "PMID", "30415602")).isEqualTo(id);
        assertThat(found("pmid", "30415602")).contains(id);
        assertThat(found("pmid", "304156")).isEmpty();
    }

    @Test
    @Tag("S12")
    void whatIsNoWorkIsRefusedWithItsFieldAndNothingIsKept() {
        var reviewer = Api.of(port).signIn(people.medical().username());
        var before = Footprint.of(jdbc);
        var wrong = wanda.post(REFERENCES, "{\"csl\":{\"type\":\"leaflet\",\"colour\":\"red\"}}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().get("errors")).extracting(it -> it.get("path").asString()).containsExactlyInAnyOrder("/type", "/colour");
        assertThat(wanda.post(REFERENCES, "{}").status()).isEqualTo(400);
        assertThat(wanda.get(REFERENCES).status()).isEqualTo(400);
        assertThat(wanda.get(REFERENCES + "?doi=11.5555/x").status()).isEqualTo(400);
        assertThat(wanda.get(REFERENCES + "?pmid=12a").status()).isEqualTo(400);
        assertThat(wanda.get(REFERENCES + "?pmid=12&doi=10.5555/x").status()).isEqualTo(400);
        assertThat(reviewer.post(REFERENCES, "{\"csl\":{\"type\":\"book\",\"title\":\"A book\"}}").status()).isEqualTo(403);
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
    }

    private String register(String title, String field, String value) {
        var body = Json.object();
        body.putObject("csl").put("type", "article-journal").put("title", title).put(field, value);
        var answer = wanda.post(REFERENCES, Json.text(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("id").asString();
    }

    private java.util.List<String> found(String parameter, String value) {
        var answer = wanda.get(REFERENCES + "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("references").valueStream().map(it -> it.get("id").asString()).toList();
    }
}
