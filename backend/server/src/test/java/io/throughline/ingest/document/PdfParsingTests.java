package io.throughline.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.ingest.document.ParseRefusal.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

class PdfParsingTests {

    private static final PDType1Font PLAIN = new PDType1Font(FontName.TIMES_ROMAN);
    private static final PDType1Font BOLD = new PDType1Font(FontName.TIMES_BOLD);

    /// Writes lines from the top of a page downwards.
    private static final class Sheet implements AutoCloseable {
        private final PDPageContentStream out;
        private float y = 760;

        Sheet(PDDocument pdf) throws IOException {
            var page = new PDPage();
            pdf.addPage(page);
            out = new PDPageContentStream(pdf, page);
        }

        Sheet line(PDType1Font font, float size, float x, String text) throws IOException {
            out.beginText();
            out.setFont(font, size);
            out.newLineAtOffset(x, y);
            out.showText(text);
            out.endText();
            y -= size * 1.2f;
            return this;
        }

        Sheet gap() {
            y -= 12;
            return this;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        var out = new ByteArrayOutputStream();
        pdf.save(out);
        return out.toByteArray();
    }

    private static byte[] article() throws IOException {
        try (var pdf = new PDDocument()) {
            try (var sheet = new Sheet(pdf)) {
                sheet.line(BOLD, 18, 60, "Heart rate at rest in a small").line(BOLD, 18, 60, "and invented trial").gap();
                sheet.line(BOLD, 13, 60, "Introduction").gap();
                sheet.line(PLAIN, 10, 60, "The rate was counted twice in every patient, because measure-")
                        .line(PLAIN, 10, 60, "ment by one observer alone is not reliable enough [1, 2].").gap();
                sheet.line(PLAIN, 10, 60, "A second paragraph stands apart. It holds <b>no</b> markup.").gap();
                sheet.line(BOLD, 13, 60, "References").gap();
                sheet.line(PLAIN, 10, 60, "1. Birch A. On rates and how they are counted in a long").line(PLAIN, 10, 72, "line. J Invent Med 2009;4:11-19. doi:10.5555/jim.2009.11")
                        .line(PLAIN, 10, 60, "2. Oak B. Later words. 2011.");
            }
            return bytes(pdf);
        }
    }

    @Test
    void the_largest_lines_are_the_title_and_larger_lines_headings() throws IOException {
        var read = Samples.parsed(article(), "a.pdf");
        assertThat(read.title()).isEqualTo("Heart rate at rest in a small and invented trial");
        assertThat(read.sections()).extracting(ParsedDocument.Section::title).containsExactly("Introduction");
    }

    @Test
    void lines_are_joined_and_cut_words_mended() throws IOException {
        assertThat(Samples.parsed(article(), "a.pdf").bodyMarkdown()).isEqualTo("""
                ## Introduction

                The rate was counted twice in every patient, because measurement by one observer alone is not reliable enough [1,2].

                A second paragraph stands apart. It holds \\<b\\>no\\</b\\> markup.""");
    }

    @Test
    void the_reference_list_is_split_at_its_numbers() throws IOException {
        var references = Samples.parsed(article(), "a.pdf").references();
        assertThat(references).hasSize(2);
        assertThat(references.get(0).csl())
                .containsEntry("title", "Birch A. On rates and how they are counted in a long line. J Invent Med 2009;4:11-19. doi:10.5555/jim.2009.11")
                .containsEntry("DOI", "10.5555/jim.2009.11");
    }

    @Test
    void a_password_refuses_the_file() throws IOException {
        try (var pdf = new PDDocument()) {
            try (var sheet = new Sheet(pdf)) {
                sheet.line(PLAIN, 10, 60, "secret");
            }
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            assertThat(Samples.refused(bytes(pdf), "a.pdf").code()).isEqualTo(Code.FILE_PROTECTED);
        }
    }

    @Test
    void a_scan_without_text_asks_for_text_recognition() throws IOException {
        try (var pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            var refusal = Samples.refused(bytes(pdf), "a.pdf");
            assertThat(refusal.code()).isEqualTo(Code.DOCUMENT_HAS_NO_TEXT);
            assertThat(refusal.detail()).contains("OCR");
        }
    }

    @Test
    void the_last_allowed_page_is_read_and_one_more_refused() throws IOException {
        var limits = ParseLimits.standard();
        try (var pdf = new PDDocument()) {
            for (var i = 0; i < limits.pages(); i++) {
                pdf.addPage(new PDPage());
            }
            assertThat(Samples.refused(bytes(pdf), "a.pdf").code()).isEqualTo(Code.DOCUMENT_HAS_NO_TEXT);
            pdf.addPage(new PDPage());
            assertThat(Samples.refused(bytes(pdf), "a.pdf").code()).isEqualTo(Code.TOO_COMPLEX);
        }
    }
}
