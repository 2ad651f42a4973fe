package io.throughline.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where the server may call. Without an entry in the allow-list: https, port 443 or 8443, addresses of the public internet.
///
/// @param allowed `host` or `host:port` in lower case; what stands here may also be private and plain http
record OutboundPolicy(Set<String> allowed) {

    private static final int LONGEST_URL = 2_000;
    private static final Set<Integer> PORTS = Set.of(443, 8443);
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern NUMERIC = Pattern.compile("(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*");
    private static final Pattern ENTRY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(:[0-9]{1,5})?");

    OutboundPolicy {
        allowed = Set.copyOf(allowed);
    }

    /// @param setting entries with commas between them; empty for none
    static OutboundPolicy of(String setting) {
        var entries = Arrays.stream(setting.split(",")).map(it -> it.strip().toLowerCase(Locale.ROOT)).filter(it -> !it.isEmpty()).collect(Collectors.toSet());
        entries.stream().filter(it -> !ENTRY.matcher(it).matches()).findFirst().ifPresent(it -> {
            throw new IllegalStateException("THROUGHLINE_OUTBOUND_ALLOW has the entry '%s'. Write hosts as name or name:port, with commas between them.".formatted(it));
        });
        return new OutboundPolicy(entries);
    }

    /// Why the address may not be called, in a sentence that says what to do; empty when it may, as far as can be told before
    /// its name is resolved.
    Optional<String> refusal(String url) {
        if (url.length() > LONGEST_URL) {
            return Optional.of("The address is longer than %d characters; use a shorter one.".formatted(LONGEST_URL));
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            return Optional.of("This is not an address. Write it as https://host/path.");
        }
        var host = host(uri);
        if (uri.getScheme() == null || host == null || !uri.isAbsolute() || uri.isOpaque()) {
            return Optional.of("This is not an address. Write it as https://host/path.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("Leave user names, passwords and '#…' out of the address: calls are signed instead.");
        }
        boolean https = uri.getScheme().equalsIgnoreCase("https");
        if (!https && !uri.getScheme().equalsIgnoreCase("http")) {
            return Optional.of("Only https addresses can be called. Write it as https://host/path.");
        }
        int port = port(uri);
        if (isAllowed(host, port)) {
            return Optional.empty();
        }
        if (!https) {
            return Optional.of("Only https addresses can be called. Give the receiver a certificate, or have the administrator allow this host.");
        }
        if (!PORTS.contains(port)) {
            return Optional.of("Only the ports 443 and 8443 can be called. Move the receiver, or have the administrator allow this host and port.");
        }
        return refusalOfHost(host);
    }

    private static Optional<String> refusalOfHost(String host) {
        if (host.startsWith("[") || NUMERIC.matcher(host).matches()) {
            return isPublicLiteral(host) ? Optional.empty() : Optional.of(
                    "This number is not the address of a host on the public internet. Use the receiver's public name, or have the administrator allow it.");
        }
        if (!NAME.matcher(host).matches()) {
            return Optional.of("The host's name is not written as names of hosts are. Use letters, digits, dots and hyphens.");
        }
        if (!host.contains(".") || host.endsWith(".localhost") || host.endsWith(".local") || host.endsWith(".internal")) {
            return Optional.of("This name belongs to a private network. Use the receiver's public name, or have the administrator allow it.");
        }
        return Optional.empty();
    }

    /// Only the one plain way to write an address counts: `2130706433`, `0x7f.1` and `0177.0.0.1` are 127.0.0.1 to some.
    private static boolean isPublicLiteral(String host) {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            var address = InetAddress.ofLiteral(bare);
            return PublicAddresses.contains(address) && (bare.contains(":") || address.getHostAddress().equals(bare));
        } catch (IllegalArgumentException notALiteral) {
            return false;
        }
    }

    boolean isAllowed(String host, int port) {
        return allowed.contains(host) || allowed.contains(host + ":" + port);
    }

    /// In lower case and without the root's dot; null when there is none.
    static @Nullable String host(URI uri) {
        var host = uri.getHost();
        return host == null || host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
    }

    static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
