package io.throughline.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Serves the single-page application for every address that is a screen (`/content/itm_…`), with a strict policy of what
/// may run in it (S21): our own scripts, our own styles, and the style elements that carry this answer's nonce. The
/// component library makes such elements; it finds the nonce in `<meta property="csp-nonce">`.
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 10)
class FrontendFilter extends OncePerRequestFilter {

    private static final Set<String> NOT_SCREENS = Set.of("manage", "v1", "preview", "oauth2", "actuator", "error", "problems", "assets");
    private static final Pattern FILE = Pattern.compile("\\.(js|mjs|css|map|svg|png|jpe?g|gif|webp|ico|json|txt|xml|woff2?|webmanifest|php[0-9]?|ya?ml|properties|env|ini|conf|config|cfg|toml|lock|sql|sqlite3?|db|bak|old|orig|swp|save|log|zip|t?gz|bz2|7z|rar|tar|jar|war|class|"
            + "java|kt|ts|tsx|py|rb|sh|bat|ps1|exe|dll|asp|aspx|jspx?|do|cgi|pl|html?|md|pem|key|crt|p12|jks|htaccess|htpasswd|git|svn|map)(/|$)",
            Pattern.CASE_INSENSITIVE);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final @Nullable String page;

    @Autowired
    FrontendFilter() throws IOException {
        this(builtPage());
    }

    /// Without a page, as in a build that left the screens out, every address goes on to the APIs.
    FrontendFilter(@Nullable String page) {
        this.page = page;
    }

    private static @Nullable String builtPage() throws IOException {
        var index = new ClassPathResource("META-INF/resources/index.html");
        return index.exists() ? index.getContentAsString(StandardCharsets.UTF_8) : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (page == null || !isScreen(request)) {
            chain.doFilter(request, response);
            return;
        }
        var bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        response.setHeader("Content-Security-Policy", policy(nonce));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html;charset=UTF-8");
        var html = page.replaceFirst("</head>", "<meta property=\"csp-nonce\" nonce=\"" + nonce + "\"></head>");
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    static String policy(String nonce) {
        return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data: blob:; "
                + "font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'";
    }

    private static boolean isScreen(HttpServletRequest request) {
        var method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return false;
        }
        var path = request.getRequestURI();
        int end = path.indexOf('/', 1);
        var first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        // S32: an address of an API in capitals is no screen either
        return !NOT_SCREENS.contains(first.toLowerCase(Locale.ROOT)) && !FILE.matcher(path).find() && !path.contains("/.");
    }
}
