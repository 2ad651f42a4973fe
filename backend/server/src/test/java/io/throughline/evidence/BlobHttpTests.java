package io.throughline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class BlobHttpTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired Blobs blobs;
    @Autowired TransactionTemplate transaction;

    @Test
    @Tag("S20")
    @Tag("S30")
    void aBrowserSavesAFileAndNeverRunsOrKeepsIt() {
        for (var type : new String[] {"image/svg+xml", "text/html", "application/pdf"}) {
            var script = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert('%s')</script></svg>".formatted(type);
            var blob = transaction.execute(_ -> blobs.store(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), type));
            var answer = Api.of(port).signIn(people.writer().username()).get("/manage/v1/blobs/" + blob.sha256());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(script);
            assertThat(answer.header("Content-Type")).hasValue("application/octet-stream");
            assertThat(answer.header("Content-Disposition")).hasValueSatisfying(it -> assertThat(it).startsWith("attachment;"));
            assertThat(answer.headers().get("x-content-type-options")).containsExactly("nosniff");
            assertThat(answer.headers().get("content-security-policy")).containsExactly("default-src 'none'; sandbox");
            assertThat(answer.header("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    @Tag("S19")
    void whatIsNoHashIsNotFound() {
        var writer = Api.of(port).signIn(people.writer().username());
        for (var hostile : new String[] {"x", "0".repeat(64), "A".repeat(64), "..%2f..%2fetc%2fpasswd", "0".repeat(10_000)}) {
            assertThat(writer.get("/manage/v1/blobs/" + hostile).status()).as(hostile).isIn(400, 404, 414);
        }
    }

    @Test
    void nobodyGetsAFileWithoutSigningIn() {
        assertThat(Api.of(port).get("/manage/v1/blobs/" + "0".repeat(64)).status()).isEqualTo(401);
    }
}
