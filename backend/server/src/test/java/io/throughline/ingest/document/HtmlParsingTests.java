package io.throughline.ingest.document;

import static io.throughline.ingest.document.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HtmlParsingTests {

    @Test
    void headings_lists_tables_and_emphasis_are_kept() {
        var read = Samples.parsed(utf8("""
                <!doctype html><html lang="en"><head><title>Site - page</title><meta name="citation_doi" content="10.5555/web.1"></head><body>
                <nav>Menu</nav><h1>Rates</h1><p>One <em>fine</em> text<sup>2</sup>.</p><h2>Why</h2><ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>
                <table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"""), "a.html");
        assertThat(read.title()).isEqualTo("Rates");
        assertThat(read.doi()).isEqualTo("10.5555/web.1");
        assertThat(read.language()).isEqualTo("en");
        assertThat(read.bodyMarkdown()).isEqualTo("""
                One *fine* text^2^.

                ## Why

                - a

                  1. b

                - c

                | x | y |
                | --- | --- |
                | 1 | 2 |""");
    }

    @Test
    @Tag("S21")
    void scripts_handlers_and_script_addresses_leave_no_trace() {
        var read = Samples.parsed(utf8("""
                <html><body><p onclick="alert(1)">text <a href="javascript:alert(2)">link</a><script>alert(3)</script>
                <svg onload="alert(4)"></svg> &lt;script&gt;alert(5)&lt;/script&gt;</p></body></html>"""), "a.html");
        assertThat(read.title() + read.bodyMarkdown())
                .doesNotContain("alert(1)").doesNotContain("alert(2)").doesNotContain("alert(3)").doesNotContain("alert(4)")
                .contains("\\<script\\>alert(5)\\</script\\>");
    }
}
