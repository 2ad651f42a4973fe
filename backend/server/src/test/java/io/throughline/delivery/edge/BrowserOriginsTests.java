package io.throughline.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S22")
class BrowserOriginsTests {

    @Test
    void withoutAnEntryNobodyIsAllowed() {
        assertThat(BrowserOrigins.of(" ").allow("https://portal.example")).isFalse();
        assertThat(BrowserOrigins.of("").tellApart()).isFalse();
    }

    @Test
    void aStarAllowsEveryOriginAlike() {
        var everybody = BrowserOrigins.of("https://portal.example, *");
        assertThat(everybody.allow("https://anybody.example")).isTrue();
        assertThat(everybody.allow(null)).isFalse();
        assertThat(everybody.tellApart()).isFalse();
    }

    @Test
    void aFamilyOfHostsHasNeitherItsParentNorWhatOnlyEndsLikeIt() {
        var family = BrowserOrigins.of("https://*.aldermere.example:8443");
        assertThat(family.allow("https://a.b.aldermere.example:8443")).isTrue();
        for (var other : new String[] {"https://aldermere.example:8443", "https://evilaldermere.example:8443", "https://a.aldermere.example", "http://a.aldermere.example:8443",
            "https://evil.example/.aldermere.example:8443", "https://evil.example#.aldermere.example:8443", "https://.aldermere.example:8443", "https://a\n.aldermere.example:8443"}) {
            assertThat(family.allow(other)).as(other).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal.example", "https://portal.example/", "https://portal.example/path", "https://Portal.example", "null", "https://*", "https://a.*.example",
        "https://user@portal.example", "https://portal.example:port", "//portal.example"})
    void whatIsNoOriginStopsTheStart(String entry) {
        assertThatIllegalStateException().isThrownBy(() -> BrowserOrigins.of("https://portal.example," + entry)).withMessageContaining(entry).withMessageContaining("https://host");
    }
}
