package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CommonMarkConformanceTests {

    /// The examples themselves hold raw HTML, images and foreign protocols, which we refuse; so not every rendition is equal.
    @Test
    @Tag("S21")
    void everyExampleOfTheSpecificationRendersSafely() {
        var file = sharedData().resolve("conformance/commonmark-0.31.2.json");
        assumeTrue(Files.exists(file), "the folder of shared data is absent");
        var examples = JsonMapper.shared().readTree(file.toFile());
        int equal = 0;
        for (var example : examples) {
            var rendered = Markdown.render(example.get("markdown").asString());
            assertThat(rendered.html()).doesNotContainIgnoringCase("<script", "<img", "<style", "<iframe");
            assertThat(rendered.html()).doesNotContainPattern("(?i)<[^>]*(javascript:|\\son\\w+=)");
            equal += normal(rendered.html()).equals(normal(example.get("html").asString())) ? 1 : 0;
        }
        assertThat(examples.size()).isEqualTo(652);
        assertThat(equal).as("examples rendered as the specification says, apart from what is refused or means something else here (ADR 22)").isGreaterThan(410);
    }

    private static String normal(String html) {
        return html.replace("&#64;", "@").replace("&#61;", "=").replace("&#34;", "\"").replace("&quot;", "\"").replace("&#39;", "'").replace("&#96;", "`")
                .replace("&#43;", "+").replace("&#123;", "{").replace(" rel=\"noopener noreferrer nofollow\"", "").replace(" />", "/>").replace("&#8201;", "")
                .replaceAll("\\s+", " ").replaceAll("> <", "><").strip();
    }

    private static Path sharedData() {
        return Optional.ofNullable(System.getenv("SHARED_DATA")).map(Path::of)
                .orElseGet(() -> Path.of("").toAbsolutePath().resolve("../../../shared/data").normalize());
    }
}
