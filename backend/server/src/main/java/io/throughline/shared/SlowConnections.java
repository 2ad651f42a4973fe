package io.throughline.shared;

import jakarta.annotation.PreDestroy;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Closes connections that drip (S31). Tomcat's own time-outs are for silence and begin anew with every byte, so a byte a second would hold a connection for
/// hours. Here a request has a time to arrive in: its head within the patience, counted from the connection's start or from the answer before; its body
/// within the same, and a second more for each kilobyte that came.
@Component
class SlowConnections extends ValveBase implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(SlowConnections.class);
    private static final long SLOWEST_BYTES_A_SECOND = 1_024;

    /// Made by Tomcat, by name; it shows its connections.
    public static final class Protocol extends Http11NioProtocol {
        Set<? extends SocketWrapperBase<?>> connections() {
            return getEndpoint().getConnections();
        }
    }

    /// The other end of the connection, whomever a proxy speaks for.
    private record Peer(@Nullable String address, int port) {}

    /// A request under way and when it came.
    private record UnderWay(org.apache.coyote.Request request, long since) {

        boolean isTooSlow(long now, long patience) {
            long body = request.getContentLengthLong();
            long read = request.getBytesRead();
            boolean arrived = body >= 0 ? read >= body : !"chunked".equalsIgnoreCase(request.getHeader("Transfer-Encoding")) || request.isFinished();
            return !arrived && now - since > patience + TimeUnit.SECONDS.toNanos(read / SLOWEST_BYTES_A_SECOND);
        }
    }

    private static final class Talk {
        final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();
        volatile long quietSince = System.nanoTime();
    }

    private final long patience;
    private final Map<Peer, Talk> talks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("slow-connections").daemon().factory());

    SlowConnections(@Value("${throughline.connection-patience:45s}") Duration patience) {
        super(true);
        if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("throughline.connection-patience is at least 1s, as in 45s");
        }
        this.patience = patience.toNanos();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(Protocol.class.getName());
        factory.addEngineValves(this);
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof Protocol protocol) {
                long every = Math.min(TimeUnit.SECONDS.toNanos(5), patience / 2);
                sweeper.scheduleWithFixedDelay(() -> sweep(protocol), every, every, TimeUnit.NANOSECONDS);
            }
        });
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        var coyote = request.getCoyoteRequest();
        var talk = talks.computeIfAbsent(new Peer(request.getPeerAddr(), request.getRemotePort()), _ -> new Talk());
        var underWay = new UnderWay(coyote, System.nanoTime());
        talk.underWay.add(underWay);
        try {
            getNext().invoke(request, response);
        } finally {
            talk.quietSince = System.nanoTime();
            talk.underWay.remove(underWay);
        }
    }

    private void sweep(Protocol protocol) {
        try {
            var there = new HashSet<Peer>();
            long now = System.nanoTime();
            for (var connection : protocol.connections()) {
                var peer = new Peer(connection.getRemoteAddr(), connection.getRemotePort());
                there.add(peer);
                var talk = talks.computeIfAbsent(peer, _ -> new Talk());
                boolean drips = talk.underWay.isEmpty() ? now - talk.quietSince > patience
                        : talk.underWay.stream().anyMatch(it -> it.isTooSlow(now, patience));
                if (drips) {
                    LOG.info("A connection from {} took too long to ask and was closed.", peer.address());
                    connection.close();
                }
            }
            talks.keySet().retainAll(there);
        } catch (RuntimeException unexpected) {
            LOG.warn("Connections could not be looked through; they will be in some seconds", unexpected);
        }
    }

    @PreDestroy
    void endSweeping() {
        sweeper.shutdownNow();
    }
}
