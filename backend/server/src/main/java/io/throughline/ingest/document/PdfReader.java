package io.throughline.ingest.document;

import io.throughline.ingest.document.FlowDocument.Properties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/// Reads the text of a PDF. Scripts, forms, annotations and embedded files in it are never opened.
final class PdfReader {

    private PdfReader() {}

    static ParsedDocument read(byte[] bytes, ParseBudget budget) throws IOException {
        PdfStreams.check(bytes, budget);
        var memory = MemoryUsageSetting.setupMainMemoryOnly(budget.limits().unpackedBytes());
        try (var pdf = Loader.loadPDF(bytes, "", null, null, memory.streamCache)) {
            if (!pdf.getCurrentAccessPermission().canExtractContent()) {
                throw Refused.protectedFile();
            }
            budget.spendPages(pdf.getNumberOfPages());
            var lines = new PdfLines(budget).read(pdf);
            var layout = new PdfLayout(lines);
            var warnings = new ArrayList<String>();
            warnings.add("Headings and paragraphs of a PDF are told from its layout; check them, and tables above all.");
            if (pdf.getDocumentCatalog().getNames() != null && pdf.getDocumentCatalog().getNames().getEmbeddedFiles() != null) {
                warnings.add("Files embedded in the PDF were not read; send them on their own if they are needed.");
            }
            if (pdf.getDocumentCatalog().getAcroForm() != null) {
                warnings.add("The PDF is a form; what was filled in was left out.");
            }
            var shown = title(pdf);
            var flow = layout.flow(shown);
            return FlowDocument.assemble(
                    DocumentFormat.PDF, shown.isEmpty() ? layout.title() : shown, properties(pdf, layout, warnings), flow, warnings);
        } catch (InvalidPasswordException e) {
            throw Refused.protectedFile();
        }
    }

    /// The title of the file's properties, unless it is the name a program gave the file.
    private static String title(PDDocument pdf) {
        var title = Whitespace.collapse(property(pdf.getDocumentInformation().getTitle()));
        var lower = title.toLowerCase(Locale.ROOT);
        var poor = lower.length() < 5 || lower.startsWith("microsoft word") || lower.startsWith("untitled") || lower.startsWith("doi:")
                || lower.startsWith("10.") || lower.matches(".*\\.(docx?|indd|qxd|pdf|tex|rtf|pptx?|xlsx?|wpd|fm|book)") || !lower.contains(" ");
        return poor ? "" : title;
    }

    private static Properties properties(PDDocument pdf, PdfLayout layout, List<String> warnings) {
        var author = property(pdf.getDocumentInformation().getAuthor());
        var keywords = property(pdf.getDocumentInformation().getKeywords());
        return new Properties(
                "", author.isBlank() ? List.of() : PropertyAuthors.read(author, warnings),
                keywords.isBlank() ? List.of() : List.of(keywords.strip().split("\\s*[,;]\\s*")),
                language(pdf), layout.firstPageDoi(), null, List.of());
    }

    private static String property(@Nullable String text) {
        return text == null ? "" : Whitespace.printable(text);
    }

    private static @Nullable String language(PDDocument pdf) {
        var language = pdf.getDocumentCatalog().getCOSObject().getString(COSName.LANG);
        return language == null || language.isBlank() ? null : language.strip();
    }
}
