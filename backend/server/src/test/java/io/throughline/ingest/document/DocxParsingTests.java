package io.throughline.ingest.document;

import static io.throughline.ingest.document.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.ingest.document.ParsedDocument.Author;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DocxParsingTests {

    static final String CONTENT_TYPES = """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""";
    private static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private static final String STYLES = "<w:styles " + W + ">" + """
            <w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="House"><w:name w:val="House heading"/><w:basedOn w:val="Kop2"/></w:style>
            <w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="Section"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
            </w:styles>""";
    private static final String NUMBERING = "<w:numbering " + W + ">" + """
            <w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num></w:numbering>""";
    private static final String NOTES = "<w:footnotes " + W + "><w:footnote w:type=\"separator\" w:id=\"0\"/>"
            + "<w:footnote w:id=\"2\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    private static final String RELATIONS = """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/a(b)" TargetMode="External"/>
            <Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>""";
    private static final String CORE = """
            <cp:coreProperties xmlns:cp="urn:c" xmlns:dc="urn:d"><dc:title>From the properties</dc:title><dc:creator>Rowan, Ida; Tom Ashe</dc:creator><cp:keywords>rate, heart</cp:keywords></cp:coreProperties>""";

    static byte[] docx(String body) {
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("[Content_Types].xml", utf8(CONTENT_TYPES));
        parts.put("word/document.xml", utf8("<w:document " + W + "><w:body>" + body + "</w:body></w:document>"));
        parts.put("word/styles.xml", utf8(STYLES));
        parts.put("word/numbering.xml", utf8(NUMBERING));
        parts.put("word/footnotes.xml", utf8(NOTES));
        parts.put("word/_rels/document.xml.rels", utf8(RELATIONS));
        parts.put("word/embeddings/oleObject1.bin", new byte[] {1});
        parts.put("docProps/core.xml", utf8(CORE));
        return Samples.zip(parts);
    }

    private static String p(String properties, String text) {
        return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
    }

    private static ParsedDocument read(String body) {
        return Samples.parsed(docx(body), "a.docx");
    }

    @Test
    void headings_are_told_by_style_name_outline_level_and_inheritance() {
        var read = read(p("<w:pStyle w:val=\"Kop1\"/>", "One") + p("", "text") + p("<w:pStyle w:val=\"House\"/>", "Two")
                + p("<w:outlineLvl w:val=\"2\"/>", "Three") + p("<w:pStyle w:val=\"Kop1\"/>", "Four"));
        assertThat(read.bodyMarkdown()).isEqualTo("## One\n\ntext\n\n### Two\n\n#### Three\n\n## Four");
    }

    @Test
    void the_title_style_goes_before_the_title_of_the_properties() {
        assertThat(read(p("<w:pStyle w:val=\"T\"/>", "Shown") + p("", "text")).title()).isEqualTo("Shown");
        assertThat(read(p("", "text")).title()).isEqualTo("From the properties");
    }

    @Test
    void authors_and_keywords_come_from_the_properties_and_ask_to_be_checked() {
        var read = read(p("", "text"));
        assertThat(read.authors()).containsExactly(new Author("Rowan", "Ida", null, null), new Author("Ashe", "Tom", null, null));
        assertThat(read.keywords()).containsExactly("rate", "heart");
        assertThat(read.warnings()).contains("The authors are those of the file's properties; check them.");
    }

    @Test
    void lists_nest_by_their_level() {
        var list = "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"1\"/></w:numPr>";
        var read = read(p(list.formatted(0), "first") + p(list.formatted(1), "inner") + p(list.formatted(0), "second"));
        assertThat(read.bodyMarkdown()).isEqualTo("1. first\n\n   - inner\n\n2. second");
    }

    @Test
    void merged_cells_are_repeated() {
        var read = read("""
                <w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:tc></w:tr>
                <w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>
                <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>""");
        assertThat(read.bodyMarkdown()).isEqualTo("| Head | Head |\n| --- | --- |\n| a | 1 |\n| a | 2 |");
        assertThat(read.tables()).isEqualTo(1);
    }

    @Test
    void footnotes_are_numbered_in_the_text_and_listed_at_the_end() {
        var read = read("<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>");
        assertThat(read.bodyMarkdown()).isEqualTo("Text^1^\n\n## Notes\n\n1. A note.");
    }

    @Test
    void insertions_count_and_deletions_do_not() {
        var read = read("<w:p><w:r><w:t>kept</w:t></w:r><w:ins><w:r><w:t xml:space=\"preserve\"> new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>");
        assertThat(read.bodyMarkdown()).isEqualTo("kept new");
        assertThat(read.warnings()).contains("Left out: deletions of tracked changes (1): “old”.", "Accepted: insertions of tracked changes (1): “new”.");
    }

    @Test
    @Tag("S21")
    void only_web_addresses_become_links_and_text_stays_text() {
        var read = read("<w:p><w:hyperlink r:id=\"rId9\"><w:r><w:t>good</w:t></w:r></w:hyperlink><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>"
                + "<w:hyperlink r:id=\"rId8\"><w:r><w:t>bad</w:t></w:r></w:hyperlink><w:r><w:t> &lt;img onerror=x&gt;</w:t></w:r></w:p>");
        assertThat(read.bodyMarkdown()).isEqualTo("[good](https://example.org/a%28b%29) bad \\<img onerror=x\\>");
    }

    @Test
    void a_reference_list_leaves_the_text_and_bracketed_numbers_cite_it() {
        var read = read(p("<w:pStyle w:val=\"Kop1\"/>", "Results") + p("", "As shown [1, 2], not [3].")
                + p("<w:pStyle w:val=\"Kop1\"/>", "References") + p("", "1. Birch A. On rates. 2009. doi:10.5555/jim.1.") + p("", "[2] Oak B. Later. 2011.")
                + p("<w:pStyle w:val=\"Kop1\"/>", "Appendix") + p("", "More."));
        assertThat(read.bodyMarkdown()).isEqualTo("## Results\n\nAs shown [1,2], not \\[3\\].\n\n## Appendix\n\nMore.");
        assertThat(read.references()).hasSize(2);
        assertThat(read.references().get(0).csl()).containsEntry("title", "Birch A. On rates. 2009. doi:10.5555/jim.1.").containsEntry("DOI", "10.5555/jim.1");
        assertThat(read.references().get(1).csl()).containsEntry("title", "Oak B. Later. 2011.");
    }

    @Test
    @Tag("S20")
    void embedded_files_are_never_opened_and_the_reader_is_told() {
        assertThat(read(p("", "text")).warnings())
                .contains("Files embedded in the document were not read; send them on their own if they are needed.");
    }
}
