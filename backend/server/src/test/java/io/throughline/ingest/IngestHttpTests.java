package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.identity.IdentitySeed;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class IngestHttpTests {

    static final Path FOLDER = folder();

    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    PeopleFixture people;
    Api writer;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("throughline.ingest.folders", () -> "letters=" + FOLDER);
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("ingest");
            Files.createDirectories(folder.resolve("deep"));
            Files.write(folder.resolve("a.xml"), IngestDeskTests.article("from the folder"));
            Files.write(folder.resolve("deep/b.xml"), IngestDeskTests.article("from the folder"));
            Files.writeString(folder.resolve("broken.xml"), "<article><front>");
            Files.writeString(folder.resolve("bomb.xml"), "<!DOCTYPE article [<!ENTITY a \"b\">]><article>&a;</article>");
            Files.writeString(folder.resolve("empty.pdf"), "");
            Files.write(folder.resolve("z.xml"), IngestDeskTests.article("the last one"));
            Files.createSymbolicLink(folder.resolve("link.xml"), Path.of("/etc/hostname"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void signIn() {
        people = new PeopleFixture(seed);
        writer = Api.of(port).signIn(people.writer().username());
    }

    static Api.Answer upload(Api api, String fileName, byte[] file, Map<String, String> fields) {
        var boundary = "----part7";
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value).getBytes(StandardCharsets.UTF_8)));
        body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                .formatted(boundary, fileName).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        api.get("/manage/v1/about");
        var request = api.request("/manage/v1/ingest/files").POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary);
        api.csrfToken().ifPresent(it -> request.header("X-XSRF-TOKEN", it));
        return api.exchange(request);
    }

    private static Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("kind", "scientific-exchange");
        fields.put("locale", "en-GB");
        return fields;
    }

    @Test
    void anUploadedArticleIsCreatedAndTheSameAgainIsADuplicate() {
        var created = upload(writer, "..\\up/load.xml", IngestDeskTests.article("by upload"), fields());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().path("outcome").asString()).isEqualTo("created");
        assertThat(created.json().path("fileName").asString()).isEqualTo("load.xml");
        assertThat(created.json().path("references").asInt()).isEqualTo(6);
        var item = created.json().path("itemId").asString();
        assertThat(created.header("Location")).contains("/manage/v1/items/" + item);
        assertThat(writer.get("/manage/v1/items/" + item + "/drafts/en-GB").status()).isEqualTo(200);
        var again = upload(writer, "load.xml", IngestDeskTests.article("by upload"), fields());
        assertThat(again.json().path("outcome").asString()).isEqualTo("duplicate");
        assertThat(again.json().path("itemId").asString()).isEqualTo(item);
    }

    @Test
    void ofHtmlIsTakenWhatItsReaderSeesAndTheReportCountsWhatWasDone() {
        var html = "<html><head><title>Edited</title></head><body><style>.up{vertical-align:super}</style><p>Take <ins>10</ins><del>5</del> mg."
                + "<span style=\"display:none\">never</span> 10<span class=up>9</span>/L.</p></body></html>";
        var answer = upload(writer, "edited.html", html.getBytes(StandardCharsets.UTF_8), fields());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("Accepted: insertions (1)", "Left out: deletions (1)", "Left out: hidden passages (1)");
        var draft = writer.get("/manage/v1/items/" + answer.json().path("itemId").asString() + "/drafts/en-GB").json();
        assertThat(draft.at("/document/body").asString()).isEqualTo("Take 10 mg. 10^9^/L.");
    }

    @Test
    @Tag("S20")
    @Tag("S33")
    void aFileThatCanNotBeReadIsRefusedWithItsCodeAndWhatToDo() {
        var broken = upload(writer, "a.xml", "<article><front>".getBytes(StandardCharsets.UTF_8), fields());
        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.json().at("/errors/0/code").asString()).isEqualTo("file-broken");
        assertThat(broken.json().path("detail").asString()).contains("save it again");
        assertThat(upload(writer, "a.docx", "plain words".getBytes(StandardCharsets.UTF_8), fields()).status()).isEqualTo(415);
        var bomb = upload(writer, "a.xml", "<!DOCTYPE article [<!ENTITY a \"b\">]><article>&a;</article>".getBytes(StandardCharsets.UTF_8), fields());
        assertThat(bomb.json().at("/errors/0/code").asString()).isEqualTo("too-complex");
    }

    @Test
    @Tag("S4")
    @Tag("S5")
    void unknownPartsMissingFieldsAndForeignValuesAreRefused() {
        var extra = fields();
        extra.put("status", "approved");
        assertThat(upload(writer, "a.xml", IngestDeskTests.article("x"), extra).status()).isEqualTo(400);
        assertThat(upload(writer, "a.xml", IngestDeskTests.article("x"), Map.of("kind", "promotional")).status()).isEqualTo(400);
        var kind = fields();
        kind.put("kind", "secret");
        assertThat(upload(writer, "a.xml", IngestDeskTests.article("x"), kind).status()).isEqualTo(422);
        assertThat(upload(Api.of(port).signIn(people.medical().username()), "a.xml", IngestDeskTests.article("x"), fields()).status()).isEqualTo(403);
        assertThat(upload(Api.of(port), "a.xml", IngestDeskTests.article("x"), fields()).status()).isEqualTo(401);
    }

    @Test
    @Tag("S19")
    void aFolderIsTakenInWithAResultForEachFile() throws InterruptedException {
        var started = writer.post("/manage/v1/ingest/jobs", "{\"folder\":\"letters\",\"kind\":\"non-promotional\",\"locale\":\"en-GB\"}");
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        var id = started.json().path("id").asString();
        var job = await(id);
        assertThat(job.path("total").asInt()).isEqualTo(6);
        assertThat(job.path("created").asInt()).isEqualTo(2);
        assertThat(job.path("duplicates").asInt()).isEqualTo(1);
        assertThat(job.path("refused").asInt()).isEqualTo(3);
        assertThat(job.path("waiting").asInt()).isZero();
        var files = writer.get("/manage/v1/ingest/jobs/" + id + "/files?limit=200").json().path("files");
        assertThat(files).extracting(it -> it.path("fileName").asString())
                .containsExactly("a.xml", "bomb.xml", "broken.xml", "deep/b.xml", "empty.pdf", "z.xml");
        assertThat(files).extracting(it -> it.path("code").asString(""))
                .containsExactly("", "too-complex", "file-broken", "", "file-empty", "");
        assertThat(files.get(5).path("references").asInt()).isEqualTo(6);
        var page = writer.get("/manage/v1/ingest/jobs/" + id + "/files?outcome=refused&limit=2").json();
        assertThat(page.path("files")).hasSize(2);
        var rest = writer.get("/manage/v1/ingest/jobs/" + id + "/files?outcome=refused&limit=2&after=" + page.path("nextCursor").asString()).json();
        assertThat(rest.path("files")).hasSize(1);
        assertThat(rest.has("nextCursor")).isFalse();
        assertThat(writer.get("/manage/v1/ingest/jobs").json().path("jobs")).extracting(it -> it.path("id").asString()).contains(id);
    }

    @Test
    @Tag("S19")
    void aFolderNameIsNeverAPath() {
        for (var name : new String[] {"../letters", "/etc", "letters/deep", "unknown", "%2e%2e"}) {
            assertThat(writer.post("/manage/v1/ingest/jobs", Json.text(Map.of("folder", name, "kind", "promotional", "locale", "en-GB"))).status()).as(name).isEqualTo(404);
        }
        assertThat(writer.post("/manage/v1/ingest/jobs", "{\"folder\":\"letters\",\"kind\":\"x\",\"locale\":\"en-GB\"}").status()).isEqualTo(422);
        assertThat(writer.post("/manage/v1/ingest/jobs", "{\"folder\":\"letters\",\"kind\":\"promotional\",\"locale\":\"en-GB\",\"state\":\"finished\"}").status()).isEqualTo(400);
    }

    private JsonNode await(String id) throws InterruptedException {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (Instant.now().isBefore(until)) {
            var job = writer.get("/manage/v1/ingest/jobs/" + id).json();
            if (job.path("state").asString().equals("finished")) {
                return job;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the job did not finish: " + writer.get("/manage/v1/ingest/jobs/" + id + "/files"));
    }
}
