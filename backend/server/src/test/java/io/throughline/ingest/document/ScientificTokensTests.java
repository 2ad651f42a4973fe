package io.throughline.ingest.document;

import static io.throughline.ingest.document.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Markdown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random scientific text written into a file of each format, in runs, emphasis, cells, lists, powers and indices: after
/// reading and rendering, every letter and digit is there in order and no two tokens are joined.
class ScientificTokensTests {

    /// A token of pieces: plain, or raised (`^`), or lowered (`_`).
    private record Token(List<String> pieces) {
        static Token of(String... pieces) {
            return new Token(List.of(pieces));
        }

        String plain() {
            return pieces.stream().map(it -> it.startsWith("^") || it.startsWith("_") ? it.substring(1) : it).reduce("", String::concat);
        }
    }

    private static Token token(Random random) {
        var n = random.nextInt(1, 200);
        return switch (random.nextInt(20)) {
            case 0 -> Token.of(n + " × 10", "^9", "/L");
            case 1 -> Token.of("10", "^−" + n, " mol");
            case 2 -> Token.of("HLA-B*57:0" + n % 9);
            case 3 -> Token.of("CYP2C19*" + n % 9);
            case 4 -> Token.of("[" + n % 9 + "," + n + "]");
            case 5 -> Token.of("[" + n % 9 + "-" + n + "]");
            case 6 -> Token.of("", "^14", "C");
            case 7 -> Token.of("", "^99m", "Tc");
            case 8 -> Token.of("≤" + n + " µg/kg");
            case 9 -> Token.of("−" + n + "." + n % 10);
            case 10 -> Token.of("5~10 mg");
            case 11 -> Token.of("H", "_2", "O");
            case 12 -> Token.of("CO", "_2");
            case 13 -> Token.of("m", "^2");
            case 14 -> Token.of("p<0.0" + n);
            case 15 -> Token.of("IC", "_50", "=" + n + "nM");
            case 16 -> Token.of("a_b" + n);
            case 17 -> Token.of("x", "^n+1", "y");
            case 18 -> Token.of("AUC", "_0–24", "/MIC");
            default -> Token.of("10^" + n + "|`" + n + "`\\" + n);
        };
    }

    private static List<Token> tokens(Random random, int count) {
        var all = new ArrayList<Token>();
        for (var i = 0; i < count; i++) {
            all.add(token(random));
        }
        return all;
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String marked(Token token, String before, String after) {
        var out = new StringBuilder(before);
        for (var piece : token.pieces()) {
            out.append(piece.startsWith("^") ? "<sup>" + xml(piece.substring(1)) + "</sup>" : piece.startsWith("_") ? "<sub>" + xml(piece.substring(1)) + "</sub>" : xml(piece));
        }
        return out + after;
    }

    private static final String[][] JATS_STYLES = {{"", ""}, {"<italic>", "</italic>"}, {"<bold>", "</bold>"}, {"(", ")"}, {"<named-content>", "</named-content>"}};
    private static final String[][] HTML_STYLES = {{"", ""}, {"<i>", "</i>"}, {"<b>", "</b>"}, {"(", ")"}, {"<span>", "</span>"}};

    private static String sentence(List<Token> tokens, String[][] styles, Random random) {
        var out = new StringBuilder();
        for (var token : tokens) {
            var style = styles[random.nextInt(styles.length)];
            out.append(out.isEmpty() ? "" : " ").append(marked(token, style[0], style[1]));
        }
        return out.toString();
    }

    private static final int SEEDS = 120;

    @ParameterizedTest
    @ValueSource(strings = {"jats", "html", "docx"})
    void every_letter_and_digit_is_there_in_order_and_no_two_tokens_are_joined(String format) {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var paragraph = tokens(random, 6);
            var cells = tokens(random, 4);
            var items = tokens(random, 3);
            var read = switch (format) {
                case "jats" -> jats(paragraph, cells, items, random);
                case "html" -> html(paragraph, cells, items, random);
                default -> docx(paragraph, cells, items, random);
            };
            var expected = new ArrayList<>(paragraph);
            expected.addAll(cells);
            expected.addAll(items);
            var rendered = Markdown.render(read.bodyMarkdown());
            holds(read(org.jsoup.Jsoup.parse(rendered.html()).body()), expected, format + " as HTML, seed " + seed + ": " + read.bodyMarkdown());
            holds(rendered.plainText(), expected, format + " as plain text, seed " + seed + ": " + read.bodyMarkdown());
        }
    }

    private static void holds(String text, List<Token> expected, String what) {
        var words = letters(text);
        var from = 0;
        for (var token : expected) {
            var wanted = token.pieces().stream().map(it -> letters(it).replace(" ", "")).filter(it -> !it.isEmpty()).collect(Collectors.joining(String.valueOf(APART)));
            // A token's own parts may be apart, such as an interval; a power and its base must be, and so must two tokens.
            var at = find(words, wanted, from);
            assertThat(at).as("“" + token.plain() + "” in " + what + "\nread as: " + text).isPositive();
            from = at;
        }
    }

    /// Between a base and what is raised or lowered beside it.
    private static final char APART = '|';
    private static final Pattern SCRIPTS = Pattern.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+");

    /// As a reader sees it: raised and lowered text apart from its base.
    private static String read(Element body) {
        body.select("sup, sub").forEach(it -> it.prependText(" ").appendText(" "));
        return body.text();
    }

    /// Letters and digits; everything else is a gap, and so is the step to a raised or lowered character.
    private static String letters(String text) {
        return Normalizer.normalize(SCRIPTS.matcher(text).replaceAll(" $0 ").replace('−', '-'), Normalizer.Form.NFKC).replaceAll("[^\\p{L}\\p{N}]+", " ");
    }

    /// End of the token that begins at a word's start and ends at a word's end; -1 when it is not there. Gaps inside it count only where the token has one.
    private static int find(String words, String token, int from) {
        for (var start = from; start < words.length(); start++) {
            if (words.charAt(start) == ' ' || start > 0 && words.charAt(start - 1) != ' ') {
                continue;
            }
            var at = start;
            var matched = 0;
            while (at < words.length() && matched < token.length() && (words.charAt(at) == ' ' || words.charAt(at) == token.charAt(matched))) {
                if (words.charAt(at) != ' ' || token.charAt(matched) == APART) {
                    matched++;
                }
                at++;
            }
            if (matched == token.length() && (at == words.length() || words.charAt(at) == ' ')) {
                return at;
            }
        }
        return -1;
    }

    private static ParsedDocument jats(List<Token> paragraph, List<Token> cells, List<Token> items, Random random) {
        var rows = new StringBuilder("<tr><td>");
        cells.forEach(it -> rows.append(marked(it, random.nextBoolean() ? "<p>" : "", "")).append(rows.toString().endsWith("<p>") ? "" : "").append("</td><td>"));
        var table = rows.toString().replace("<p>", "") + "</td></tr>";
        var list = new StringBuilder();
        items.forEach(it -> list.append("<list-item><p>").append(marked(it, "", "")).append("</p></list-item>"));
        return Samples.parsed(utf8("<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>"
                + sentence(paragraph, JATS_STYLES, random) + "</p><table-wrap><table>" + table + "</table></table-wrap><list>" + list + "</list></body></article>"), "a.xml");
    }

    private static ParsedDocument html(List<Token> paragraph, List<Token> cells, List<Token> items, Random random) {
        var rows = new StringBuilder();
        for (var i = 0; i < cells.size(); i += 2) {
            rows.append("<tr><td>").append(marked(cells.get(i), "", "</td><td>")).append(marked(cells.get(i + 1), "<div>", "</div></td></tr>"));
        }
        var list = new StringBuilder();
        items.forEach(it -> list.append(marked(it, "<li>", "</li>")));
        return Samples.parsed(utf8("<html><head><meta charset=utf-8><title>Title</title></head><body><p>" + sentence(paragraph, HTML_STYLES, random)
                + "</p><table>" + rows + "</table><ul>" + list + "</ul></body></html>"), "a.html");
    }

    private static String runs(Token token, String style) {
        var out = new StringBuilder();
        for (var piece : token.pieces()) {
            var script = piece.startsWith("^") ? "<w:vertAlign w:val=\"superscript\"/>" : piece.startsWith("_") ? "<w:vertAlign w:val=\"subscript\"/>" : "";
            out.append("<w:r><w:rPr>").append(style).append(script).append("</w:rPr><w:t xml:space=\"preserve\">")
                    .append(xml(script.isEmpty() ? piece : piece.substring(1))).append("</w:t></w:r>");
        }
        return out.toString();
    }

    private static final String SPACE = "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";

    private static ParsedDocument docx(List<Token> paragraph, List<Token> cells, List<Token> items, Random random) {
        var body = new StringBuilder("<w:p><w:r><w:t>Title</w:t></w:r></w:p><w:p>");
        paragraph.forEach(it -> body.append(runs(it, random.nextInt(3) == 0 ? "<w:i/>" : random.nextInt(3) == 0 ? "<w:b/>" : "")).append(SPACE));
        body.append("</w:p><w:tbl>");
        for (var i = 0; i < cells.size(); i += 2) {
            body.append("<w:tr><w:tc><w:p>").append(runs(cells.get(i), "")).append("</w:p></w:tc><w:tc><w:p>").append(runs(cells.get(i + 1), "")).append("</w:p></w:tc></w:tr>");
        }
        body.append("</w:tbl>");
        items.forEach(it -> body.append("<w:p>").append(runs(it, "")).append("</w:p>"));
        return Samples.parsed(DocxParsingTests.docx(body.toString()), "a.docx");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void raised_and_lowered_digits_of_a_pdf_never_join_their_base(int seed) throws IOException {
        var random = new Random(seed);
        var font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
        var out = new ByteArrayOutputStream();
        var written = new ArrayList<String>();
        try (var pdf = new PDDocument()) {
            var page = new PDPage();
            pdf.addPage(page);
            try (var content = new PDPageContentStream(pdf, page)) {
                for (var line = 0; line < 8; line++) {
                    content.beginText();
                    content.newLineAtOffset(72, 700 - 15 * line);
                    for (var i = 0; i < 4; i++) {
                        var power = Integer.toString(random.nextInt(2, 30));
                        var rise = random.nextBoolean() ? 4f : -2.5f;
                        content.setFont(font, 11);
                        content.setTextRise(0);
                        content.showText("value " + i + " x10");
                        content.setFont(font, 7);
                        content.setTextRise(rise);
                        content.showText(power);
                        content.setFont(font, 11);
                        content.setTextRise(0);
                        content.showText("/L, ");
                        written.add("x10" + (rise > 0 ? "^" + power + "^" : ScriptText.subscript(power)) + "/L");
                    }
                    content.endText();
                }
            }
            pdf.save(out);
        }
        var read = Samples.parsed(out.toByteArray(), "a.pdf").bodyMarkdown();
        for (var power = 29; power >= 2; power--) {
            read = read.replace("~" + power + "~", ScriptText.subscript(Integer.toString(power)));
        }
        var from = 0;
        for (var token : written) {
            from = read.indexOf(token, from);
            assertThat(from).as(token + " in " + read).isNotNegative();
        }
    }
}
