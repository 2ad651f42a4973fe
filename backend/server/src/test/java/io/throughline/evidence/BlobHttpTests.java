package io.throughline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.ContentDesk;
import io.throughline.content.NewItem;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class BlobHttpTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired Blobs blobs;
    @Autowired TransactionTemplate transaction;
    @Autowired ContentDesk content;
    @Autowired JdbcClient jdbc;
    final Map<String, Actor> actors = new HashMap<>();

    @Test
    @Tag("S20")
    @Tag("S30")
    void aBrowserSavesAFileAndNeverRunsOrKeepsIt() {
        for (var type : new String[] {"image/svg+xml", "text/html", "application/pdf"}) {
            var script = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert('%s')</script></svg>".formatted(type);
            var blob = transaction.execute(_ -> blobs.store(people.writer(), new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), type));
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
    @Tag("S7")
    @Tag("S10")
    void aFileIsForThoseWhoMayReadAnItemThatHoldsIt() {
        jdbc.sql("""
                insert into brand (key, name, established_name, therapeutic_area, indications, life_cycle_stage)
                values ('filebrand', 'Filebrand', 'inventamol', 'cardiology', '{hfref}', 'growth') on conflict do nothing
                """).update();
        var bytes = "a manuscript " + UUID.randomUUID();
        var ours = writer("fay.files", Set.of("filebrand"));
        var alike = writer("fred.files", Set.of("filebrand"));
        var theirs = writer("fritz.files", Set.of("otherbrand"));
        var nobodys = writer("flo.files", Set.of());
        var everyones = Api.of(port).signIn(people.writer().username());

        var blob = transaction.execute(_ -> blobs.store(actors.get("fay.files"), new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)), "text/plain"));
        var path = "/manage/v1/blobs/" + blob.sha256();
        var missing = theirs.get("/manage/v1/blobs/" + "0".repeat(64));
        assertThat(ours.get(path).body()).isEqualTo(bytes);
        for (var other : List.of(alike, theirs, nobodys, everyones)) {
            assertSame(other.get(path), missing);
        }

        held(blob.sha256(), "filebrand");
        assertThat(ours.get(path).status()).isEqualTo(200);
        assertThat(alike.get(path).status()).isEqualTo(200);
        assertThat(everyones.get(path).status()).isEqualTo(200);
        assertSame(theirs.get(path), missing);
        assertSame(nobodys.get(path), missing);

        held(blob.sha256(), null); // an item of no brand is everybody's
        assertThat(theirs.get(path).status()).isEqualTo(200);
    }

    private static void assertSame(Api.Answer answer, Api.Answer missing) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail")).isEqualTo(missing.json().path("detail"));
    }

    private Api writer(String username, Set<String> brands) {
        actors.put(username, people.person(username, "Writer " + username, Set.of(Role.WRITER), brands, Set.of("*")).asActor());
        return Api.of(port).signIn(username);
    }

    private void held(String sha256, @Nullable String brand) {
        var made = content.create(people.writer(), new NewItem("article", "non-promotional", brand, "en-GB", Json.object().put("title", "Of a file")));
        if (!(made instanceof ContentDesk.Creation.Created(var item, _))) {
            throw new AssertionError(made);
        }
        jdbc.sql("insert into ingest_source (file_sha256, item_id) values (:sha256, :item)").param("sha256", sha256).param("item", item.id()).update();
    }

    @Test
    void nobodyGetsAFileWithoutSigningIn() {
        assertThat(Api.of(port).get("/manage/v1/blobs/" + "0".repeat(64)).status()).isEqualTo(401);
    }
}
