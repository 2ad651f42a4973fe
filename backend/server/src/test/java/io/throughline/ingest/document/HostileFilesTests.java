package io.throughline.ingest.document;

import static io.throughline.ingest.document.Samples.refused;
import static io.throughline.ingest.document.Samples.utf8;
import static io.throughline.ingest.document.Samples.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.throughline.ingest.document.ParseRefusal.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFilesTests {

    private static final String META =
            "<front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>";

    private static String article(String doctype, String body) {
        return "<?xml version=\"1.0\"?>" + doctype + "<article>" + META + "<body>" + body + "</body></article>";
    }

    @Test
    @Tag("S33")
    void an_entity_that_points_at_a_file_refuses_the_article(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret.txt"), "canary-4711");
        var refusal = refused(utf8(article(
                "<!DOCTYPE article [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>", "<p>&x;</p>")), "a.xml");
        assertThat(refusal.code()).isEqualTo(Code.TOO_COMPLEX);
        assertThat(refusal.detail()).contains("entity “x”").doesNotContain("canary");
    }

    @Test
    @Tag("S33")
    @Tag("S18")
    void nothing_is_fetched_for_a_doctype_a_parameter_entity_or_an_xinclude() throws IOException {
        try (var server = new ServerSocket(0)) {
            server.setSoTimeout(300);
            var address = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
            assertThat(Samples.parsed(utf8(article("<!DOCTYPE article SYSTEM \"" + address + "\">", "<p>text</p>")), "a.xml").title()).isEqualTo("T");
            refused(utf8(article("<!DOCTYPE article [<!ENTITY % p SYSTEM \"" + address + "\"> %p;]>", "<p>text</p>")), "a.xml");
            Samples.parsed(utf8(article("", "<p><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + address + "\"/>text</p>")), "a.xml");
            org.assertj.core.api.Assertions.assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    @Tag("S33")
    @Tag("S31")
    void a_billion_laughs_are_refused_at_their_first_declaration() {
        var entities = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (var i = 1; i < 30; i++) {
            entities.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        var refusal = assertTimeoutPreemptively(Duration.ofSeconds(5), () ->
                refused(utf8(article("<!DOCTYPE article [" + entities + "]>", "<p>&a29;</p>")), "a.xml"));
        assertThat(refusal.code()).isEqualTo(Code.TOO_COMPLEX);
    }

    @Test
    @Tag("S31")
    void nesting_is_read_to_the_limit_and_refused_one_deeper() {
        // article, body and p are three levels themselves.
        var deepest = ParseLimits.standard().depth() - 3;
        var title = Samples.parsed(utf8(article("", "<p>" + "<bold>".repeat(deepest) + "x" + "</bold>".repeat(deepest) + "</p>")), "a.xml").title();
        assertThat(title).isEqualTo("T");
        var deeper = deepest + 1;
        var refusal = refused(utf8(article("", "<p>" + "<bold>".repeat(deeper) + "x" + "</bold>".repeat(deeper) + "</p>")), "a.xml");
        assertThat(refusal.code()).isEqualTo(Code.TOO_COMPLEX);
        assertThat(refusal.detail()).contains("100 deep");
    }

    @Test
    @Tag("S31")
    void a_hundred_thousand_levels_overflow_no_stack() {
        var levels = 100_000;
        assertThat(refused(utf8(article("", "<sec>".repeat(levels) + "</sec>".repeat(levels))), "a.xml").code()).isEqualTo(Code.TOO_COMPLEX);
        assertThat(refused(utf8("<html><body>" + "<div>".repeat(levels) + "x"), "a.html").code()).isEqualTo(Code.TOO_COMPLEX);
    }

    @Test
    @Tag("S31")
    void a_file_of_the_largest_size_is_read_and_one_byte_more_is_refused() {
        var bytes = utf8(article("", "<p>text</p>"));
        assertThat(new DocumentParser(ParseLimits.standard().withBytes(bytes.length), 1).parse(bytes, "a.xml")).isInstanceOf(ParsedDocument.class);
        var refusal = refused(new DocumentParser(ParseLimits.standard().withBytes(bytes.length - 1), 1), bytes, "a.xml");
        assertThat(refusal.code()).isEqualTo(Code.FILE_TOO_LARGE);
    }

    @Test
    @Tag("S31")
    void a_package_that_unpacks_to_far_more_than_its_size_is_refused() {
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("[Content_Types].xml", utf8(DocxParsingTests.CONTENT_TYPES));
        parts.put("word/document.xml", utf8("<w:document>" + " ".repeat(40_000_000) + "</w:document>"));
        assertThat(refused(zip(parts), "bomb.docx").code()).isEqualTo(Code.TOO_COMPLEX);
    }

    @Test
    @Tag("S31")
    void a_pdf_whose_streams_unpack_to_far_more_than_their_size_is_refused() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            deflater.write(new byte[30_000_000]);
        }
        var pdf = new ByteArrayOutputStream();
        pdf.write(utf8("%PDF-1.7\n1 0 obj\n<</Length " + packed.size() + "/Filter/FlateDecode>>\nstream\n"));
        packed.writeTo(pdf);
        pdf.write(utf8("\nendstream\nendobj\n"));
        assertThat(refused(pdf.toByteArray(), "bomb.pdf").code()).isEqualTo(Code.TOO_COMPLEX);
    }

    @Test
    @Tag("S31")
    void a_table_that_claims_millions_of_cells_is_refused_or_small() {
        var cells = "<tr>" + "<td colspan=\"9999\" rowspan=\"9999\">x</td>".repeat(3) + "</tr>";
        var outcome = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Samples.PARSER.parse(
                utf8(article("", "<table-wrap><table><tbody>" + cells.repeat(2000) + "</tbody></table></table-wrap>")), "a.xml"));
        assertThat(outcome).isInstanceOf(ParseRefusal.class);
    }

    @Test
    @Tag("S31")
    void reading_is_given_up_at_the_time_limit() {
        var slow = new DocumentParser(Samples.within(Duration.ofMillis(20)), 1);
        var large = utf8(article("", "<p>text <bold>b</bold></p>".repeat(300_000)));
        var started = System.nanoTime();
        var refusal = refused(slow, large, "slow.xml");
        assertThat(refusal.code()).isEqualTo(Code.PARSE_TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @Tag("S31")
    void many_delimiters_that_markdown_can_not_show_take_no_longer_than_their_number() {
        var body = "<p>" + "a<italic>+</italic>b<sup><italic>-</italic></sup>".repeat(30_000) + "</p>";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Samples.parsed(utf8(article("", body)), "a.xml"));
    }

    @Test
    @Tag("S20")
    void content_decides_and_the_name_does_not() {
        var html = Samples.parsed(utf8("<!doctype html><html><body><h1>A page</h1><p>text</p></body></html>"), "report.docx");
        assertThat(html.format()).isEqualTo(DocumentFormat.HTML);
        assertThat(html.warnings()).anyMatch(it -> it.contains("The name ends in “.docx”, but the content is HTML"));
        assertThat(refused(utf8("MZ\u0090\u0000 this program"), "report.pdf").code()).isEqualTo(Code.UNSUPPORTED_FORMAT);
        assertThat(refused(utf8("just words"), "report.xml").code()).isEqualTo(Code.UNSUPPORTED_FORMAT);
        assertThat(refused(utf8("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"), "a.xml").code()).isEqualTo(Code.UNSUPPORTED_FORMAT);
    }

    @Test
    @Tag("S20")
    void macros_presentations_and_archives_are_refused_with_advice() {
        var macro = DocxParsingTests.CONTENT_TYPES.replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml");
        assertThat(refused(zip(Map.of("[Content_Types].xml", utf8(macro))), "a.docx").detail()).contains("without macros");
        assertThat(refused(zip(Map.of("a.txt", utf8("x"))), "a.zip").detail()).contains("one by one");
        assertThat(refused(zip(Map.of("mimetype", utf8("application/epub+zip"))), "a.epub").detail()).contains("Save it as .docx");
    }

    @Test
    void empty_cut_off_and_protected_files_say_what_to_do() {
        assertThat(refused(new byte[0], "a.pdf").code()).isEqualTo(Code.FILE_EMPTY);
        assertThat(refused(utf8(" \n\t"), "a.xml").code()).isEqualTo(Code.FILE_EMPTY);
        var docx = DocxParsingTests.docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>");
        assertThat(refused(Arrays.copyOf(docx, docx.length / 2), "a.docx").code()).isEqualTo(Code.FILE_BROKEN);
        var xml = utf8(article("", "<p>text</p>"));
        assertThat(refused(Arrays.copyOf(xml, xml.length - 20), "a.xml").code()).isEqualTo(Code.FILE_BROKEN);
        assertThat(refused(utf8("%PDF-1.7\nnothing follows"), "a.pdf").code()).isEqualTo(Code.FILE_BROKEN);
        var ole = new ByteArrayOutputStream();
        ole.writeBytes(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
        ole.writeBytes("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE));
        assertThat(refused(ole.toByteArray(), "a.docx").code()).isEqualTo(Code.FILE_PROTECTED);
        assertThat(refused(utf8("<html><body><img src=x></body></html>"), "a.html").code()).isEqualTo(Code.DOCUMENT_HAS_NO_TEXT);
    }

    @Test
    void random_bytes_behind_every_known_beginning_never_cause_an_exception() {
        var random = new java.util.Random(7);
        for (var beginning : new String[] {"%PDF-1.4\n", "PK\u0003\u0004", "<?xml version=\"1.0\"?><article>", "<html>", "{\\rtf1"}) {
            for (var i = 0; i < 20; i++) {
                var noise = new byte[2000];
                random.nextBytes(noise);
                var head = beginning.getBytes(StandardCharsets.ISO_8859_1);
                var file = Arrays.copyOf(head, head.length + noise.length);
                System.arraycopy(noise, 0, file, head.length, noise.length);
                assertThat(Samples.PARSER.parse(file, "noise")).isNotNull();
            }
        }
    }
}
