package io.throughline.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class ClientContractTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    Api web;

    @BeforeEach
    void key() {
        web = Api.of(port).withKey(people.webKey());
    }

    @Test
    void theSchemaOfATypeTakesWhatIsDeliveredAndNoOtherType() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("By its schema"));
        var delivered = web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").body();
        assertThat(faults("article", delivered)).isEmpty();
        assertThat(faults("claim", delivered)).isNotEmpty();
        assertThat(faults("article", "{}")).isNotEmpty();
        var types = web.get("/v1/content-types").json().path("contentTypes").valueStream().map(type -> type.path("name").asString()).toList();
        assertThat(types).contains("article", "claim", "safety-information");
        types.forEach(type -> assertThat(web.get("/v1/content-types/" + type).json().at("/properties/type/const").asString()).isEqualTo(type));
    }

    private List<String> faults(String type, String document) {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(web.get("/v1/content-types/" + type).body());
        return schema.validate(Json.parse(document)).stream().map(Object::toString).toList();
    }

    @Test
    void vocabulariesAreListedWithTheirLabelsAndKeptByTheirTag() {
        var names = web.get("/v1/vocabularies").json().path("vocabularies").valueStream().map(it -> it.path("name").asString()).toList();
        assertThat(names).contains("audiences", "stages", "needs", "topics");
        var stages = web.get("/v1/vocabularies/stages");
        assertThat(stages.json().path("concepts").valueStream().map(it -> it.path("notation").asString())).contains("considering", "trying");
        assertThat(stages.json().at("/concepts/0/labels/en").asString()).isNotBlank();
        assertThat(web.get("/v1/vocabularies/stages", "If-None-Match", stages.header("ETag").orElseThrow()).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @Tag("S10")
    @ValueSource(strings = {"/v1/content-types/nothing", "/v1/vocabularies/nothing", "/v1/content-types/x%20y"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(web.get(path).status()).isEqualTo(404);
        assertThat(Api.of(port).get(path).status()).isEqualTo(401);
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Head only"));
        for (var path : List.of("/v1/items/" + item.id() + "?market=GB&locale=en-GB", "/v1/content-types", "/v1/vocabularies/stages")) {
            var get = web.get(path);
            var head = web.exchange(web.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        }
    }

    @ParameterizedTest
    @Tag("S32")
    @ValueSource(strings = {"/v1//items", "/v1/items;x=1", "/v1/%2e/items", "/v1/x/../items", "//v1/items", "/v1/items/", "/V1/items", "/v1/Items", "/v1/sync/",
            "/v1/items%2f", "/v1/content-types/..%2fitems"})
    void oddSpellingsOfAnAddressOpenNothing(String path) throws Exception {
        assertThat(raw(path)).matches("(?s)HTTP/1\\.1 (400|404) .*").doesNotContain("\"items\":");
        assertThat(raw("/v1/items")).as("the plain one").startsWith("HTTP/1.1 200").contains("\"items\":");
    }

    private String raw(String path) throws Exception {
        try (var socket = new java.net.Socket("localhost", port)) {
            socket.getOutputStream().write("GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                    .formatted(path, port, people.webKey()).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
