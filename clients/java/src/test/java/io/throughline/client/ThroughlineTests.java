package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.throughline.client.api.ItemsApi.APIListDeliveredItemsRequest;
import io.throughline.client.api.RecallsApi.APIListRecallsRequest;
import io.throughline.client.api.SyncApi.APISyncItemsRequest;
import io.throughline.client.http.ApiException;
import io.throughline.client.model.ListedItem;
import io.throughline.client.model.NewRecallConfirmation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the client does around the calls, against answers that a server would hardly give on purpose.
/// Its use against a running server is tested in the server's module.
@Timeout(60)
class ThroughlineTests {

    private record Answer(int status, String body) {}

    private record Asked(String method, String pathAndQuery, String authorization, String body) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile Answer tokenAnswer;
    private HttpServer http;
    private URI server;

    @BeforeEach
    void aServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/oauth2/token", exchange -> {
            int number = tokens.incrementAndGet();
            var answer = tokenAnswer;
            remember(exchange);
            send(exchange, answer == null ? new Answer(200, "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":300}".formatted(number)) : answer);
        });
        http.createContext("/v1", exchange -> {
            remember(exchange);
            send(exchange, answers.removeFirst());
        });
        http.start();
        server = URI.create("http://localhost:" + http.getAddress().getPort());
    }

    @AfterEach
    void closed() {
        http.stop(0);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var address = URI.create("http://localhost:" + silent.getLocalPort());
            var timing = Timing.STANDARD.withRequest(Duration.ofMillis(200));
            var throughline = new Throughline(address, () -> "tlk_1", timing);
            assertThatThrownBy(() -> throughline.eachItem(page(), it -> {})).isInstanceOf(ApiException.class).hasCauseInstanceOf(HttpTimeoutException.class);
            assertThatThrownBy(() -> throughline.contract().listVocabularies((String) null, (Long) null)).as("a generated call").hasCauseInstanceOf(HttpTimeoutException.class);
            assertThatThrownBy(new ClientCredentials(address, "cli_1", "s", timing)::get).isInstanceOf(TokenRefused.class).hasCauseInstanceOf(HttpTimeoutException.class);
        }
        assertThatThrownBy(() -> Timing.STANDARD.withRequest(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenIsAskedForOnceAndUsedByAllCalls() throws Exception {
        answers.add(new Answer(200, "{\"items\":[]}"));
        answers.add(new Answer(200, "{\"items\":[]}"));
        var throughline = new Throughline(server, new ClientCredentials(server, "cli:1", "s e%"));
        throughline.eachItem(page(), it -> {});
        throughline.eachItem(page(), it -> {});
        // the Base64 of cli%3A1:s+e%25
        assertThat(asked.get(0)).isEqualTo(new Asked("POST", "/oauth2/token", "Basic Y2xpJTNBMTpzK2UlMjU=", "grant_type=client_credentials"));
        assertThat(asked).extracting(Asked::authorization).element(1).isEqualTo("Bearer t1");
        assertThat(asked).extracting(Asked::authorization).element(2).isEqualTo("Bearer t1");
        assertThat(tokens).hasValue(1);
    }

    @Test
    void aTokenIsRenewedBeforeItsEndAndKeptWhileTheServerGivesNoOther() throws Exception {
        tokenAnswer = new Answer(200, "{\"access_token\":\"short\",\"expires_in\":4}");
        var credentials = new ClientCredentials(server, "cli_1", "s");
        assertThat(credentials.get()).isEqualTo("short");
        assertThat(credentials.get()).isEqualTo("short");
        assertThat(tokens).hasValue(1);
        Thread.sleep(3_100);
        tokenAnswer = new Answer(503, "{\"code\":\"unavailable\"}");
        assertThat(credentials.get()).as("has the last of its four seconds").isEqualTo("short");
        tokenAnswer = null;
        assertThat(credentials.get()).isEqualTo("t3");
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndNotAgain() throws Exception {
        var credentials = new ClientCredentials(server, "cli_1", "s");
        var throughline = new Throughline(server, credentials);
        answers.add(new Answer(401, "{}"));
        answers.add(new Answer(200, "{\"items\":[]}"));
        credentials.get();
        throughline.eachItem(page(), it -> {});
        assertThat(asked).extracting(Asked::authorization).filteredOn(it -> it.startsWith("Bearer")).containsExactly("Bearer t1", "Bearer t2");

        answers.add(new Answer(401, "{}"));
        answers.add(new Answer(401, "{}"));
        assertThatThrownBy(() -> throughline.eachItem(page(), it -> {})).isInstanceOfSatisfying(ApiException.class, it -> assertThat(it.getCode()).isEqualTo(401));
        assertThat(tokens).hasValue(3);

        answers.add(new Answer(401, "{}"));
        assertThatThrownBy(() -> new Throughline(server, () -> "tlk_1").eachItem(page(), it -> {})).as("an API key stays what it is").isInstanceOf(ApiException.class);
        assertThat(answers).isEmpty();
    }

    @Test
    void whoGetsNoTokenIsToldWhy() {
        tokenAnswer = new Answer(401, "{\"error\":\"invalid_client\"}");
        assertThatThrownBy(new ClientCredentials(server, "cli_1", "wrong")::get).isInstanceOf(TokenRefused.class).hasMessageContaining("401, invalid_client").hasMessageNotContaining("wrong");
        tokenAnswer = new Answer(502, "<html>");
        assertThatThrownBy(new ClientCredentials(server, "cli_1", "wrong")::get).isInstanceOf(TokenRefused.class).hasMessageContaining("proxy in between");
    }

    @Test
    void everyPageHasTheSizeOfTheFirst() throws Exception {
        var throughline = new Throughline(server, () -> "tlk_1");
        answers.add(new Answer(200, "{\"items\":[],\"nextCursor\":\"c1\"}"));
        answers.add(new Answer(200, "{\"items\":[]}"));
        throughline.eachItem(page().limit(50), (ListedItem it) -> {});
        answers.add(new Answer(200, "{\"changes\":[],\"nextToken\":\"n1\",\"hasMore\":true}"));
        answers.add(new Answer(200, "{\"changes\":[],\"nextToken\":\"n2\",\"hasMore\":false}"));
        assertThat(throughline.eachChange(APISyncItemsRequest.newBuilder().initial(true).limit(50).build(), it -> {})).isEqualTo("n2");
        assertThat(asked).hasSize(4).extracting(Asked::pathAndQuery).allMatch(it -> it.contains("limit=50"));
    }

    @Test
    void recallsAreWalkedToTheirEndAndConfirmed() throws Exception {
        var throughline = new Throughline(server, () -> "tlk_1");
        var recall = "{\"id\":\"%s\",\"itemId\":\"itm_1\",\"withdrawnAt\":\"2026-12-01T00:00:00Z\",\"sequence\":7,\"parts\":[]}";
        answers.add(new Answer(200, "{\"recalls\":[%s],\"nextCursor\":\"c1\"}".formatted(recall.formatted("rec_2"))));
        answers.add(new Answer(200, "{\"recalls\":[%s]}".formatted(recall.formatted("rec_1"))));
        var ids = new ArrayList<String>();
        throughline.eachRecall(APIListRecallsRequest.newBuilder().state("open").limit(1), it -> ids.add(it.getId()));
        assertThat(ids).containsExactly("rec_2", "rec_1");
        assertThat(asked).extracting(Asked::pathAndQuery).containsExactly("/v1/recalls?state=open&limit=1", "/v1/recalls?state=open&limit=1&after=c1");

        answers.add(new Answer(201, "{\"recallId\":\"rec_1\",\"confirmedAt\":\"2026-12-01T00:00:01Z\",\"removedAt\":\"2026-12-01T00:00:01Z\"}"));
        assertThat(throughline.confirmRecall("rec_1", new NewRecallConfirmation().copiesRemoved(3)).getRecallId()).isEqualTo("rec_1");
        assertThat(asked.get(2)).isEqualTo(new Asked("POST", "/v1/recalls/rec_1/confirmations", "Bearer tlk_1", "{\"copiesRemoved\":3}"));
    }

    private static APIListDeliveredItemsRequest.Builder page() {
        return APIListDeliveredItemsRequest.newBuilder().market("GB");
    }

    private void remember(HttpExchange exchange) throws IOException {
        asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
