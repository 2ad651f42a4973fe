package io.throughline.identity;

import io.throughline.shared.Problem;
import io.throughline.shared.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes each request from the budget of its credential, or of its address when it has none (S27), whatever the path and its
/// spelling. Fields as in draft-ietf-httpapi-ratelimit-headers-10.
///
/// `RateLimit` counts the request in full; what was cheap (304, an answer from memory) is given back after it.
final class RateLimitFilter extends OncePerRequestFilter {

    private static final double GIVEN_BACK = 0.9;

    private final RateLimits limits;

    RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        long now = System.nanoTime();
        var budget = budget(request, now);
        var verdict = budget.take(now);
        response.setHeader("RateLimit-Policy", "\"default\";q=" + budget.policy().requests() + ";w=" + budget.policy().windowSeconds());
        response.setHeader("RateLimit", "\"default\";r=" + verdict.remaining() + ";t=" + verdict.fullInSeconds());
        if (!verdict.passes()) {
            long seconds = Math.max(1, (verdict.retryNanos() + 999_999_999L) / 1_000_000_000L);
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            ProblemWriter.write(request, response, Problem.RATE_LIMITED, "The limit of %d requests in %d seconds is reached. Try again in %d s."
                    .formatted(budget.policy().requests(), budget.policy().windowSeconds(), seconds));
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED || request.getAttribute(RateLimits.CHEAP) != null) {
            budget.giveBack(GIVEN_BACK);
        }
    }

    private RateBudget budget(HttpServletRequest request, long now) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return switch (authentication == null ? null : authentication.getPrincipal()) {
            case ChannelClient client -> limits.ofCredential(client, now);
            case PreviewViewer viewer -> limits.ofPreview(viewer);
            case null, default -> limits.ofAddress(network(request.getRemoteAddr()));
        };
    }

    /// Of an IPv6 address its first four groups: one customer has at least a /64 to choose from.
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        var groups = address.split(":", -1);
        var network = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length); i++) {
            network.append(groups[i]).append(':');
        }
        return network.toString();
    }
}
