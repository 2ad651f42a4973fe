package io.throughline.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/// Calls addresses that people typed in, and only those that the policy allows (S18).
///
/// The name is resolved once, by us, at the moment of connecting, and every address it has must be public: so neither a name
/// that changes its address between check and use, nor one that hides a private address behind a public one gets through.
/// The connection goes to the resolved address while `Host` and the certificate's name stay those of the URL. No redirect is
/// followed, nothing is kept between calls, no proxy of the environment is used.
@Service
public class Outbound implements AutoCloseable {

    public static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int EXCERPT_BYTES = 2_000;
    private static final int CONNECTIONS = 2_000;

    /// A name that leads to where nobody may be called from here.
    private static final class AddressRefused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        AddressRefused(String host) {
            super(host);
        }
    }

    private final OutboundPolicy policy;
    private final Clock clock;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outbound-deadlines").daemon(true).factory());

    @Autowired
    Outbound(@Value("${throughline.outbound.allow:}") String allowed, Clock clock) {
        this(OutboundPolicy.of(allowed), InetAddress::getAllByName, clock);
    }

    interface Names {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    Outbound(OutboundPolicy policy, Names names, Clock clock) {
        this.policy = policy;
        this.clock = clock;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(checked(names))
                        .setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(CONNECT_WITHIN))
                                .setSocketTimeout(Timeout.of(ANSWER_WITHIN)).build())
                        .build())
                // every call resolves and checks anew
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(RequestConfig.custom().setRedirectsEnabled(false).setResponseTimeout(Timeout.of(ANSWER_WITHIN)).build())
                .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching().disableContentCompression()
                .setUserAgent("Throughline")
                .build();
    }

    /// Why the address may not be called, with what to do; empty when it may. Whether its name leads somewhere public is only
    /// known when it is called.
    public Optional<String> refusal(String url) {
        return policy.refusal(url);
    }

    /// Sends JSON and waits for the answer, at most [#ANSWER_WITHIN] for all of it.
    public OutboundAnswer post(String url, Map<String, String> headers, byte[] json) {
        long start = System.nanoTime();
        var refusal = policy.refusal(url);
        if (refusal.isPresent()) {
            return new OutboundAnswer.Refused(refusal.get(), since(start));
        }
        var uri = URI.create(url);
        var request = new HttpPost(uri);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        var late = new AtomicBoolean();
        var deadline = deadlines.schedule(() -> {
            late.set(true);
            request.cancel();
        }, ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        try (var response = client.executeOpen(HttpHost.create(uri), request, null)) {
            var excerpt = excerpt(response);
            return new OutboundAnswer.Responded(response.getCode(), retryAfter(response), excerpt, since(start));
        } catch (IOException failed) {
            return answer(failed, late.get(), since(start));
        } finally {
            deadline.cancel(false);
        }
    }

    private static OutboundAnswer answer(IOException failed, boolean late, Duration took) {
        if (late) {
            return new OutboundAnswer.TimedOut("There was no whole answer within %d seconds.".formatted(ANSWER_WITHIN.toSeconds()), took);
        }
        return switch (failed) {
            case AddressRefused _ -> new OutboundAnswer.Refused("The name leads to an address that is not on the public internet. "
                    + "Use a public receiver, or have the administrator allow this host.", took);
            case UnknownHostException _ -> new OutboundAnswer.Unreachable("There is no host of that name. Check the address.", took);
            case ConnectTimeoutException _ -> new OutboundAnswer.TimedOut("No connection within %d seconds.".formatted(CONNECT_WITHIN.toSeconds()), took);
            case SocketTimeoutException _ -> new OutboundAnswer.TimedOut("There was no answer within %d seconds.".formatted(ANSWER_WITHIN.toSeconds()), took);
            case ConnectException _ -> new OutboundAnswer.Unreachable("The host refused the connection. Is the receiver running?", took);
            case SSLException _ -> new OutboundAnswer.Unreachable("The receiver's certificate is not trusted or does not name this host.", took);
            default -> new OutboundAnswer.Unreachable("The connection broke off before there was an answer.", took);
        };
    }

    private DnsResolver checked(Names names) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                var addresses = names.addressesOf(host);
                // the port was checked with the URL; a host that is allowed on any port may lead anywhere
                boolean listed = policy.allowed().stream().anyMatch(it -> it.equals(host.toLowerCase(java.util.Locale.ROOT)) || it.startsWith(host.toLowerCase(java.util.Locale.ROOT) + ":"));
                if (!listed && !Arrays.stream(addresses).allMatch(PublicAddresses::contains)) {
                    throw new AddressRefused(host);
                }
                return addresses;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static String excerpt(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        // not closed: closing would read the rest, however long; the connection is dropped with the response
        InputStream body = entity.getContent();
        return new String(body.readNBytes(EXCERPT_BYTES), StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "�");
    }

    private @Nullable Instant retryAfter(ClassicHttpResponse response) {
        var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        if (header == null || header.getValue() == null) {
            return null;
        }
        var value = header.getValue().strip();
        if (value.matches("[0-9]{1,9}")) {
            return clock.instant().plusSeconds(Long.parseLong(value));
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }
}
