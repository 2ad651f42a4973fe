package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// Who drips is closed, who is slow and honest is not.
@IntegrationTest
@TestPropertySource(properties = {"throughline.connection-patience=2s", "throughline.proxies=127.0.0.1"})
class SlowConnectionTests {

    private static final String HEAD = "GET /manage/v1/about HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    private static final String POST = "POST /manage/v1/session HTTP/1.1\r\nHost: localhost\r\nCookie: XSRF-TOKEN=t\r\nX-XSRF-TOKEN: t\r\nContent-Type: application/json\r\n";

    @LocalServerPort int port;

    @Test
    @Tag("S31")
    void fiftyConnectionsThatDripAreClosedAndOthersAreAnsweredMeanwhile() throws Exception {
        var dripping = new ArrayList<Socket>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                var socket = new Socket("127.0.0.1", port);
                socket.setSoTimeout(15_000);
                dripping.add(socket);
                var first = switch (i % 4) {
                    case 0 -> HEAD;
                    case 1 -> POST + "Content-Length: 5000\r\n\r\n{";
                    case 2 -> POST + "Transfer-Encoding: chunked\r\n\r\nfff\r\n{";
                    case 3 -> "GET /manage/v1/about HTTP/1.1\r\nHost: localhost\r\n\r\n" + HEAD; // one good request, then it drips
                    default -> throw new IllegalStateException();
                };
                socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
                people.submit(() -> drip(socket));
            }
            var began = Instant.now();
            for (int i = 0; i < 20; i++) {
                assertThat(Api.of(port).get("/manage/v1/about").status()).isEqualTo(200);
            }
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
            for (var socket : dripping) {
                people.submit(() -> readToTheEnd(socket)).get(); // ends when the server closes; a SocketTimeoutException otherwise
            }
            assertThat(Duration.between(began, Instant.now())).as("all of them").isLessThan(Duration.ofSeconds(14));
        } finally {
            for (var socket : dripping) {
                socket.close();
            }
        }
    }

    @Test
    void whoKeepsAConnectionForTheNextRequestIsNotCutOffInAHurry() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            for (int i = 0; i < 6; i++) { // as a proxy does, for one reader after the other
                socket.getOutputStream().write("GET /manage/v1/about HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.%d\r\n\r\n".formatted(i).getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(900);
                assertThat(socket.getInputStream().read(new byte[64 << 10])).as("request %d", i).isGreaterThan(500);
            }
        }
    }

    private static Void drip(Socket socket) throws InterruptedException {
        try {
            while (true) {
                Thread.sleep(300);
                socket.getOutputStream().write('a');
            }
        } catch (IOException closed) {
            return null; // as it should be
        }
    }

    private static Void readToTheEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return null;
    }
}
