package io.throughline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Twenty who make the same at the same moment: each is made or refused, and nobody hears 500.
@IntegrationTest
@Import(PeopleFixture.class)
class ConcurrentCreateTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Set<Integer> MADE = Set.of(200, 201, 202);

    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api everyone;
    String channel;

    @BeforeEach
    void somebodyWhoMayMakeAll() {
        int number = NUMBER.incrementAndGet();
        people.person("maker." + number, "Max Maker", Set.of(Role.ADMINISTRATOR, Role.WRITER, Role.CHANNEL_MANAGER, Role.STRATEGIST), Set.of("*"), Set.of("*"));
        everyone = Api.of(port).signIn("maker." + number);
        channel = "chn_maker" + number;
        jdbc.sql("insert into channel (id, key, name, kind) values (:id, :id, 'Made', 'web')").param("id", channel).update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "client", "preview-token", "webhook", "strategy", "item", "reference"})
    void twentyWhoMakeTheSameAtTheSameMomentMakeItOrAreRefused(String what) throws Exception {
        var answers = atTheSameMoment(() -> made(what));
        assertThat(answers).extracting(Api.Answer::status).allMatch(status -> MADE.contains(status) || status == 409);
        assertThat(answers).extracting(Api.Answer::status).anyMatch(MADE::contains);
        // where all are made they are twenty, and not one that twenty think theirs; a reference is one
        var ids = answers.stream().filter(it -> MADE.contains(it.status())).map(it -> it.json().path("id").asString()).toList();
        assertThat(Set.copyOf(ids)).hasSize(what.equals("reference") ? 1 : ids.size());
    }

    private Api.Answer made(String what) {
        var expires = Instant.now().plusSeconds(86_400).toString();
        return switch (what) {
            case "key", "client" -> everyone.post("/manage/v1/channels/" + channel + "/keys", Json.text(Map.of("name", "Same", "use", what, "markets", List.of("GB"),
                    "locales", List.of("*"), "kinds", List.of("*"), "mayExplain", false, "mayTimeTravel", false, "expiresAt", expires)));
            case "preview-token" -> everyone.post("/manage/v1/channels/" + channel + "/preview-tokens", Json.text(Map.of("name", "Same", "markets", List.of("GB"),
                    "locales", List.of("*"), "kinds", List.of("*"), "expiresAt", expires)));
            case "webhook" -> everyone.post("/manage/v1/channels/" + channel + "/webhooks",
                    "{\"name\": \"Same\", \"url\": \"http://localhost:18102/in\", \"events\": [\"content.published\"]}");
            case "strategy" -> everyone.post("/manage/v1/strategies", "{\"name\": \"Same of " + channel + "\"}");
            case "item" -> everyone.post("/manage/v1/items", "{\"type\": \"article\", \"kind\": \"non-promotional\", \"locale\": \"en-GB\", \"document\": {\"title\": \"Same\"}}");
            case "reference" -> everyone.post("/manage/v1/references",
                    "{\"csl\": {\"id\": \"r\", \"type\": \"article-journal\", \"title\": \"Same\", \"DOI\": \"10.5555/same." + channel + "\"}}");
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static List<Api.Answer> atTheSameMoment(Callable<Api.Answer> act) throws Exception {
        var together = new CyclicBarrier(20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Api.Answer>();
            Callable<Api.Answer> once = () -> {
                together.await();
                return act.call();
            };
            for (var it : threads.invokeAll(Collections.nCopies(20, once))) {
                answers.add(it.get());
            }
            return answers;
        }
    }
}
