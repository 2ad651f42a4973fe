package io.throughline.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S18")
class OutboundTests {

    private final List<String> hosts = Collections.synchronizedList(new ArrayList<>());
    private HttpServer receiver;
    private int port;

    @BeforeEach
    void aReceiverOnThisMachine() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            var path = exchange.getRequestURI().getPath();
            if (path.startsWith("/moved")) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.startsWith("/later")) {
                exchange.getResponseHeaders().set("Retry-After", path.endsWith("date") ? "Sun, 22 Nov 2026 10:00:00 GMT" : "120");
                exchange.sendResponseHeaders(503, -1);
            } else if (path.startsWith("/endless")) {
                exchange.sendResponseHeaders(200, 0);
                var piece = "x".repeat(8_192).getBytes(StandardCharsets.US_ASCII);
                try (var out = exchange.getResponseBody()) {
                    for (int i = 0; i < 1_000_000; i++) {
                        out.write(piece);
                    }
                } catch (IOException cutOff) {
                    hosts.add("cut off");
                }
            } else {
                var body = "ok\u0007".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        receiver.start();
        port = receiver.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://hooks.example.com/", "ftp://hooks.example.com/", "file:///etc/passwd", "gopher://hooks.example.com/", "jar:https://hooks.example.com!/",
        "https://", "https:///x", "//hooks.example.com/", "hooks.example.com", "", "https:hooks.example.com", "https://hooks.example.com:22/",
        "https://hooks.example.com:80/", "https://hooks.example.com:0/", "https://hooks.example.com:6379/", "https://user:secret@hooks.example.com/",
        "https://hooks.example.com@127.0.0.1/", "https://hooks.example.com/#x", "https://localhost/", "https://intranet/", "https://a.localhost/",
        "https://printer.local/", "https://metadata.google.internal/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/",
        "https://0x7f000001/", "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://017700000001/", "https://127.0.0.1./", "https://0/", "https://0.0.0.0/",
        "https://10.0.0.8/", "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/", "https://100.127.255.254/", "https://192.0.2.1/", "https://198.18.0.1/", "https://224.0.0.1/", "https://255.255.255.255/",
        "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[fd12:3456::1]/", "https://[2002:7f00:1::]/", "https://[2001:0:7f00:1::]/",
        "https://[64:ff9b::7f00:1]/", "https://[2001:db8::1]/", "https://[ff02::1]/", "https://exa mple.com/", "https://hooks_x.example.com/",
        "https://①②⑦.0.0.1/", "https://hooks.example.com\\@127.0.0.1/", "https://hooks.example.com\r\nX: y/"})
    void whatIsNotAPublicHttpsAddressIsRefusedBeforeAnythingIsSent(String url) {
        var outbound = outbound("", _ -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        assertThat(outbound.refusal(url)).as(url).isPresent().get().satisfies(why -> assertThat(why.length()).isGreaterThan(30));
        assertThat(outbound.post(url, Map.of(), new byte[0])).isInstanceOf(OutboundAnswer.Refused.class);
        assertThat(hosts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example.com/", "https://hooks.example.com:8443/in?x=1", "https://8.8.8.8/", "https://[2606:4700::1111]/", "HTTPS://Hooks.Example.COM/"})
    void publicHttpsAddressesAreFine(String url) {
        assertThat(outbound("", InetAddress::getAllByName).refusal(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.0.10", "169.254.169.254", "100.100.0.1", "0.0.0.0", "::1", "fe80::1", "fd00::1",
        "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1", "2001:db8::5"})
    void aPublicNameThatLeadsToAPrivateAddressIsRefusedAtConnectTime(String address) {
        var outbound = outbound("", _ -> new InetAddress[] {InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral(address)});
        assertThat(outbound.refusal("https://hooks.example.com/")).isEmpty();
        assertThat(outbound.post("https://hooks.example.com/", Map.of(), new byte[0])).isInstanceOf(OutboundAnswer.Refused.class);
    }

    /// The first answer of the name server is public, the next one is not: what is connected to is what was checked.
    @Test
    void aNameThatChangesItsAddressIsResolvedOnceForEachCall() {
        var questions = new AtomicInteger();
        var outbound = outbound("", _ -> {
            boolean first = questions.incrementAndGet() == 1;
            return new InetAddress[] {first ? InetAddress.ofLiteral("255.255.255.255") : InetAddress.getLoopbackAddress()};
        });
        assertThat(outbound.post("https://hooks.example.com/", Map.of(), new byte[0])).isInstanceOf(OutboundAnswer.Refused.class);
        assertThat(questions).hasValue(1);
        assertThat(outbound.post("https://hooks.example.com/", Map.of(), new byte[0])).isInstanceOf(OutboundAnswer.Refused.class);
        assertThat(questions).hasValue(2);
        assertThat(hosts).isEmpty();
    }

    @Test
    void anAllowedHostMayBePrivateAndKeepsItsNameInTheCall() {
        var outbound = outbound("hooks.example.com:" + port, _ -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        assertThat(outbound.post("http://hooks.example.com:" + port + "/", Map.of(), new byte[0]))
                .isInstanceOfSatisfying(OutboundAnswer.Responded.class, it -> assertThat(it.excerpt()).isEqualTo("ok�"));
        assertThat(hosts).containsExactly("hooks.example.com:" + port);
        assertThat(outbound.refusal("http://hooks.example.com:" + (port + 1) + "/")).isPresent();
        assertThat(outbound.refusal("http://other.example.com:" + port + "/")).isPresent();
        assertThatThrownBy(() -> OutboundPolicy.of("http://x")).hasMessageContaining("name:port");
    }

    @Test
    void aRedirectIsAnAnswerAndIsNotFollowed() {
        assertThat(local("/moved")).isInstanceOfSatisfying(OutboundAnswer.Responded.class, it -> assertThat(it.status()).isEqualTo(302));
        assertThat(hosts).hasSize(1);
    }

    @Test
    void theWishToComeLaterIsReadAsSecondsAndAsADate() {
        assertThat(local("/later")).isInstanceOfSatisfying(OutboundAnswer.Responded.class, it -> assertThat(it.retryAfter()).isEqualTo(NOW.plusSeconds(120)));
        assertThat(local("/later-date")).isInstanceOfSatisfying(OutboundAnswer.Responded.class,
                it -> assertThat(it.retryAfter()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z")));
    }

    @Test
    @Tag("S31")
    void anEndlessAnswerIsReadForTwoThousandBytesOnly() {
        assertThat(local("/endless")).isInstanceOfSatisfying(OutboundAnswer.Responded.class, it -> {
            assertThat(it.excerpt()).hasSize(2_000);
            assertThat(it.took()).isLessThan(Duration.ofSeconds(5));
        });
    }

    @Test
    @Tag("S31")
    void aReceiverThatDripsIsCutOffWhenItsTimeIsUp() throws Exception {
        try (var dripping = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = dripping.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < 60; i++) {
                        socket.getOutputStream().write('x');
                        Thread.sleep(500);
                    }
                } catch (IOException | InterruptedException cutOff) {
                    hosts.add("cut off");
                }
            });
            var answer = outbound("127.0.0.1", InetAddress::getAllByName).post("http://127.0.0.1:" + dripping.getLocalPort() + "/", Map.of(), new byte[0]);
            assertThat(answer).isInstanceOf(OutboundAnswer.TimedOut.class);
            assertThat(answer.took()).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(18));
        }
    }

    @Test
    void whatCannotBeReachedIsSaidInPlainWords() throws Exception {
        var outbound = outbound("127.0.0.1,nowhere.example", host -> {
            if (host.equals("nowhere.example")) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getAllByName(host);
        });
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(outbound.post("http://127.0.0.1:" + closed + "/", Map.of(), new byte[0]))
                .isInstanceOfSatisfying(OutboundAnswer.Unreachable.class, it -> assertThat(it.why()).contains("refused the connection"));
        assertThat(outbound.post("http://nowhere.example/", Map.of(), new byte[0]))
                .isInstanceOfSatisfying(OutboundAnswer.Unreachable.class, it -> assertThat(it.why()).contains("no host of that name"));
        assertThat(outbound.post("https://127.0.0.1:" + port + "/", Map.of(), new byte[0])).as("no TLS there")
                .isInstanceOfAny(OutboundAnswer.Unreachable.class, OutboundAnswer.TimedOut.class);
    }

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private OutboundAnswer local(String path) {
        return outbound("127.0.0.1", InetAddress::getAllByName).post("http://127.0.0.1:" + port + path, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static Outbound outbound(String allowed, Outbound.Names names) {
        return new Outbound(allowed.isEmpty() ? new OutboundPolicy(Set.of()) : OutboundPolicy.of(allowed), names, Clock.fixed(NOW, java.time.ZoneOffset.UTC));
    }
}
