package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FrontendFilterTests {

    private final FrontendFilter filter = new FrontendFilter("<html><head></head><body><div id=\"root\"></div></body></html>");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/content", "/content/itm_01KAH8", "/strategy/matrix/hcp.cardiology", "/review/GB-2026-0412", "/manager"})
    void everyScreensAddressServesThePage(String path) throws Exception {
        assertThat(get("GET", path).getContentAsString()).contains("id=\"root\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/manage/v1/unknown", "/v1/unknown", "/v1", "/actuator/health", "/error", "/favicon.svg", "/assets/app-1.js", "/theme.js", "/x.php",
            "/.git/config", "/.env", "/application.yml", "/application.properties", "/content/.git/HEAD", "/wp-login.php", "/backup.sql", "/index.html", "/WEB-INF/web.xml",
            "/Dockerfile.bak", "/.well-known/x", "/APPLICATION.YML", "/throughline.jar"})
    void apisAndFilesAreLeftAlone(String path) throws Exception {
        assertThat(get("GET", path).getContentAsString()).isEmpty();
    }

    @Test
    void onlyReadingServesThePage() throws Exception {
        assertThat(get("POST", "/content").getContentAsString()).isEmpty();
    }

    @Test
    @Tag("S21")
    void eachAnswerHasItsOwnNonceAndMayNotBeStored() throws Exception {
        var first = get("GET", "/content");
        var second = get("GET", "/content");
        assertThat(nonce(first)).isNotEqualTo(nonce(second));
        assertThat(first.getHeader("Content-Security-Policy")).contains("style-src 'self' 'nonce-" + nonce(first) + "'");
        assertThat(first.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    private static String nonce(MockHttpServletResponse response) throws IOException {
        var matcher = Pattern.compile("<meta property=\"csp-nonce\" nonce=\"([^\"]{24})\"></head>").matcher(response.getContentAsString());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private MockHttpServletResponse get(String method, String path) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest(method, path), response, new MockFilterChain());
        return response;
    }
}
