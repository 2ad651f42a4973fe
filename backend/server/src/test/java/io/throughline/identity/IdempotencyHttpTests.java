package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.MovableClock;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({PeopleFixture.class, MovableClock.Setting.class})
class IdempotencyHttpTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired IdempotencyKeys keys;
    @Autowired MovableClock clock;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Person admin;
    Api someone;
    String channel;

    @BeforeEach
    void somebodyWhoMakesThings() {
        int number = NUMBER.incrementAndGet();
        admin = people.person("twice." + number, "Tamsin Twice", Set.of(Role.ADMINISTRATOR, Role.WRITER, Role.CHANNEL_MANAGER), Set.of("*"), Set.of("*"));
        someone = Api.of(port).signIn(admin.username());
        channel = seed.channel("twice-" + number, "Twice " + number, "web").id();
    }

    @AfterEach
    void today() {
        clock.reset();
    }

    @Test
    void theSameRequestWithTheSameKeyIsDoneOnceAndAnsweredTheSame() {
        var key = UUID.randomUUID().toString();
        var first = item("Only once", key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        var again = item("Only once", "\"" + key + "\"");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
        for (var header : List.of("Content-Type", "ETag", "Location", "Cache-Control")) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
        assertThat(items("Only once")).isEqualTo(1);
        assertThat(item("Only once", UUID.randomUUID().toString()).json().path("id")).as("another key is another act").isNotEqualTo(first.json().path("id"));
    }

    @Test
    void twentyAtTheSameMomentAreDoneOnce() throws Exception {
        var key = UUID.randomUUID().toString();
        var together = new CyclicBarrier(20);
        var answers = new ArrayList<Api.Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Future<Api.Answer>>();
            for (int i = 0; i < 20; i++) {
                tries.add(threads.submit(() -> {
                    together.await();
                    return item("At the same moment", key);
                }));
            }
            for (var it : tries) {
                answers.add(it.get());
            }
        }
        assertThat(answers).extracting(Api.Answer::status).containsOnly(201, 409).contains(201);
        assertThat(answers.stream().filter(it -> it.status() == 201).map(Api.Answer::body).distinct()).hasSize(1);
        assertThat(answers.stream().filter(it -> it.status() == 409).map(it -> it.json().path("code").asString()).distinct()).allMatch("request-still-running"::equals);
        assertThat(items("At the same moment")).isEqualTo(1);
        assertThat(item("At the same moment", key).status()).as("a retry gets the answer").isEqualTo(201);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedWithWhatToDo() {
        var key = UUID.randomUUID().toString();
        assertThat(item("This one", key).status()).isEqualTo(201);
        var other = item("Another one", key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("code").asString()).isEqualTo("idempotency-key-reused");
        assertThat(other.json().path("detail").asString()).contains("new Idempotency-Key");
        assertThat(items("Another one")).isZero();
        assertThat(someone.post("/manage/v1/strategies", body("This one"), "Idempotency-Key", key).status()).as("another address").isEqualTo(422);
    }

    @Test
    @Tag("S7")
    void aKeyIsOnesOwn() {
        var key = UUID.randomUUID().toString();
        var mine = item("Mine", key);
        var other = people.person("twice.other." + NUMBER.incrementAndGet(), "Otto Other", Set.of(Role.WRITER), Set.of("*"), Set.of("*"));
        var theirs = Api.of(port).signIn(other.username()).post("/manage/v1/items", body("Mine"), "Idempotency-Key", key);
        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.header("Idempotent-Replayed")).isEmpty();
        assertThat(theirs.json().path("id")).isNotEqualTo(mine.json().path("id"));
        assertThat(Api.of(port).post("/manage/v1/items", body("Mine"), "Idempotency-Key", key).status()).as("nobody is told anything").isEqualTo(401);
    }

    @Test
    void aRefusalIsAnsweredAgainAndNothingIsDoneLater() {
        var key = UUID.randomUUID().toString();
        var refused = someone.post("/manage/v1/items", "{\"type\": \"no-such-type\"}", "Idempotency-Key", key);
        assertThat(refused.status()).isBetween(400, 422);
        var again = someone.post("/manage/v1/items", "{\"type\": \"no-such-type\"}", "Idempotency-Key", key);
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(again.header("Content-Type")).isEqualTo(refused.header("Content-Type"));
        assertThat(again.header("Idempotent-Replayed")).hasValue("true");
    }

    @Test
    void anAnswerThatFailedOnOurSideIsNotKept() {
        var key = UUID.randomUUID().toString();
        jdbc.sql("alter table content_item add constraint out_of_order check (key is null) not valid").update();
        try {
            // no address describes a 500, so the contract's check tells of it
            assertThatThrownBy(() -> item("After a failure", key)).hasMessageContaining("answered 500");
        } finally {
            jdbc.sql("alter table content_item drop constraint out_of_order").update();
        }
        assertThat(item("After a failure", key).status()).isEqualTo(201);
        assertThat(items("After a failure")).isEqualTo(1);
    }

    @Test
    void aDayLaterTheKeyIsFreeAndTheAnswerGone() {
        var key = UUID.randomUUID().toString();
        var first = item("Yesterday", key);
        clock.advance(Duration.ofHours(24).minusMinutes(1));
        someone.signIn(admin.username());
        assertThat(item("Yesterday", key).header("Idempotent-Replayed")).hasValue("true");
        clock.advance(Duration.ofMinutes(2));
        var second = item("Yesterday", key);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().path("id")).isNotEqualTo(first.json().path("id"));
        clock.advance(Duration.ofHours(25));
        keys.forgetOld();
        assertThat(kept()).isZero();
    }

    @Test
    void whoeverDiedWithAKeyHoldsItForMinutesOnly() {
        var key = UUID.randomUUID().toString();
        item("Died", key);
        jdbc.sql("update idempotency_key set status = null, headers = null, body = null where person_id = :me").param("me", admin.id()).update();
        assertThat(item("Died", key).json().path("code").asString()).isEqualTo("request-still-running");
        clock.advance(IdempotencyKeys.LONGEST_RUN.plusSeconds(1));
        assertThat(item("Died", key).status()).isEqualTo(201);
    }

    @Test
    @Tag("S29")
    void aSecretThatIsShownOnceIsNotKept() {
        var key = UUID.randomUUID().toString();
        var wanted = Json.text(Map.of("name", "Once", "markets", List.of("GB"), "locales", List.of("*"), "kinds", List.of("*"), "mayExplain", false,
                "mayTimeTravel", false, "expiresAt", Instant.now().plusSeconds(86_400).toString()));
        var made = someone.post("/manage/v1/channels/" + channel + "/keys", wanted, "Idempotency-Key", key);
        assertThat(made.status()).isEqualTo(201);
        var secret = made.json().path("secret").asString();
        assertThat(secret).startsWith("tlk_");
        var again = someone.post("/manage/v1/channels/" + channel + "/keys", wanted, "Idempotency-Key", key);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("code").asString()).isEqualTo("already-done");
        assertThat(jdbc.sql("select count(*) from api_key where channel_id = :id").param("id", channel).query(Long.class).single()).isEqualTo(1);

        var hooked = UUID.randomUUID().toString();
        var hook = "{\"name\": \"In\", \"url\": \"http://localhost:18102/in\", \"events\": [\"content.published\"]}";
        var endpoint = someone.post("/manage/v1/channels/" + channel + "/webhooks", hook, "Idempotency-Key", hooked);
        assertThat(endpoint.status()).as(endpoint.body()).isEqualTo(201);
        assertThat(someone.post("/manage/v1/channels/" + channel + "/webhooks", hook, "Idempotency-Key", hooked).status()).isEqualTo(409);

        var reset = UUID.randomUUID().toString();
        var password = "a long password of mine 7";
        var person = people.person("twice.reset." + NUMBER.incrementAndGet(), "Rita Reset", Set.of(Role.WRITER), Set.of("*"), Set.of("*"));
        var path = "/manage/v1/people/" + person.id() + "/password-reset";
        var body = Json.text(Map.of("password", password, "reason", "Forgotten"));
        assertThat(someone.post(path, body, "Idempotency-Key", reset).status()).isEqualTo(204);
        assertThat(someone.post(path, body, "Idempotency-Key", reset).status()).isEqualTo(204);

        var stored = jdbc.sql("select k.*, convert_from(body, 'UTF8') as text from idempotency_key k where person_id = :me").param("me", admin.id())
                .query().listOfRows().toString();
        assertThat(stored).doesNotContain(secret, endpoint.json().path("secret").asString(), password, key, hooked, reset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "fifteen-letters", "with blanks in between it", "with;semicolon;and;more", "\"only-one-quotation-mark"})
    void aKeyOutsideItsAlphabetOrLengthIsRefused(String key) {
        var refused = item("Malformed", key);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).contains("UUID");
        assertThat(item("Malformed", "k".repeat(129)).status()).isEqualTo(400);
        assertThat(items("Malformed")).isZero();
    }

    @Test
    void filesAreKnownByTheirBytesAndTakeNoKey() {
        var upload = someone.request("/manage/v1/ingest/files").setHeader("Content-Type", "multipart/form-data; boundary=b")
                .setHeader("X-XSRF-TOKEN", someone.csrfToken().orElseThrow())
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nx\r\n--b--\r\n"));
        var refused = someone.exchange(upload, "Idempotency-Key", UUID.randomUUID().toString());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).contains("Send it without");
    }

    @Test
    @Tag("S31")
    void aPersonHasSoManyKeysADayAndNoMore() {
        jdbc.sql("""
                        insert into idempotency_key (person_id, key_sha256, request_mac, claim, claimed_at)
                        select :me, 'made up ' || n, '', '', :at from generate_series(2, :most) n
                        """)
                .param("me", admin.id()).param("at", clock.instant().atOffset(java.time.ZoneOffset.UTC)).param("most", IdempotencyKeys.MOST_PER_PERSON).update();
        var key = UUID.randomUUID().toString();
        assertThat(item("The last", key).status()).isEqualTo(201);
        var refused = item("One more", UUID.randomUUID().toString());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(item("The last", key).header("Idempotent-Replayed")).hasValue("true");
        assertThat(item("Without", null).status()).isEqualTo(201);
    }

    @Test
    void withoutTheHeaderNothingIsNoted() {
        assertThat(item("Plain", null).status()).isEqualTo(201);
        assertThat(kept()).isZero();
    }

    @Test
    void aLargeAnswerIsNotKeptButTheFactIs() {
        var key = UUID.randomUUID().toString();
        var large = "{\"type\": \"article\", \"locale\": \"en-GB\", \"kind\": \"non-promotional\", \"document\": {\"title\": \"Large\", \"body\": \"%s\"}}"
                .formatted("Many words. ".repeat(20_000));
        var first = someone.post("/manage/v1/items", large, "Idempotency-Key", key);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        var again = someone.post("/manage/v1/items", large, "Idempotency-Key", key);
        if (first.body().length() > IdempotencyFilter.LARGEST_KEPT) {
            assertThat(again.json().path("code").asString()).isEqualTo("already-done");
        } else {
            assertThat(again.body()).isEqualTo(first.body());
        }
        assertThat(items("Large")).isEqualTo(1);
    }

    private Api.Answer item(String title, @org.jspecify.annotations.Nullable String key) {
        return key == null ? someone.post("/manage/v1/items", body(title)) : someone.post("/manage/v1/items", body(title), "Idempotency-Key", key);
    }

    private String body(String title) {
        return "{\"type\": \"article\", \"locale\": \"en-GB\", \"kind\": \"non-promotional\", \"document\": {\"title\": \"%s of %s\"}}".formatted(title, admin.username());
    }

    private long items(String title) {
        return jdbc.sql("select count(*) from content_draft where document ->> 'title' like :title").param("title", title + "%" + (title.equals("Large") ? "" : admin.username()))
                .query(Long.class).single();
    }

    private long kept() {
        return jdbc.sql("select count(*) from idempotency_key where person_id = :me").param("me", admin.id()).query(Long.class).single();
    }
}
