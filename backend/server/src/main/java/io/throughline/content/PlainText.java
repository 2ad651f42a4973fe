package io.throughline.content;

import com.vladsch.flexmark.ast.AutoLink;
import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ast.CodeBlock;
import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.HardLineBreak;
import com.vladsch.flexmark.ast.HtmlBlock;
import com.vladsch.flexmark.ast.HtmlEntity;
import com.vladsch.flexmark.ast.HtmlInlineBase;
import com.vladsch.flexmark.ast.Image;
import com.vladsch.flexmark.ast.ImageRef;
import com.vladsch.flexmark.ast.IndentedCodeBlock;
import com.vladsch.flexmark.ast.LinkRef;
import com.vladsch.flexmark.ast.MailLink;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.ast.SoftLineBreak;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.ext.footnotes.Footnote;
import com.vladsch.flexmark.ext.footnotes.FootnoteBlock;
import com.vladsch.flexmark.ext.tables.TableCell;
import com.vladsch.flexmark.ext.tables.TableRow;
import com.vladsch.flexmark.ext.tables.TableSeparator;
import com.vladsch.flexmark.util.ast.Block;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.sequence.Escaping;

/// The words of a syntax tree without their marks. A citation stays, as `[1–3,5]`: it belongs to the sentence.
final class PlainText {

    private final StringBuilder out = new StringBuilder();
    private final RenderContext context;
    private final Numbering numbering;

    private PlainText(RenderContext context, Numbering numbering) {
        this.context = context;
        this.numbering = numbering;
    }

    /// @param numbering of the whole that the node is part of
    static String of(Node node, RenderContext context, Numbering numbering) {
        var text = new PlainText(context, numbering);
        if (node instanceof FootnoteBlock footnote) {
            text.footnote(footnote);
        } else {
            text.append(node);
            numbering.footnotes(node).forEach(text::footnote);
        }
        return text.out.toString().strip();
    }

    private void append(Node node) {
        switch (node) {
            case Text text -> out.append(Escaping.unescapeString(text.getChars()));
            case HtmlEntity entity -> out.append(Escaping.unescapeHtml(entity.getChars()));
            case Code code -> out.append(Footnotes.textOf(code));
            case AutoLink link -> out.append(link.getText());
            case MailLink link -> out.append(link.getText());
            case HtmlInlineBase html -> out.append(html.getChars());
            case SoftLineBreak _ -> out.append(' ');
            case HardLineBreak _ -> out.append('\n');
            case Directives.Citation citation -> out.append(numbering.text(citation));
            case NumberedDirectives.Citation citation -> out.append(citation.getChars());
            case Footnote mark -> out.append(Footnotes.of(mark).map(it -> "[" + numbering.letter(it) + "]").orElse(mark.getChars().toString()));
            case FootnoteBlock _ -> { /* stands at the end */ }
            case Footnotes.Break line -> out.append(line.getAncestorOfType(TableCell.class) == null ? '\n' : ' ');
            case Marks.Script script -> script(script);
            case Marks.Struck struck -> {
                // without its marks it would be read as valid
                out.append("~~");
                children(struck);
                out.append("~~");
            }
            case Directives.ClaimDirective claim ->
                    out.append(context.claims().getOrDefault(claim.itemId(), claim.getChars().toString()));
            case FencedCodeBlock code -> block(code.getContentChars().toString());
            case IndentedCodeBlock code -> block(code.getContentChars().toString());
            case CodeBlock code -> out.append(code.getChars());
            case HtmlBlock html -> block(html.getChars().toString());
            case Reference _, TableSeparator _ -> { /* a link definition and a table's rule hold no words */ }
            case LinkRef link when !link.isDefined() -> undefined(link);
            case ImageRef image when !image.isDefined() -> out.append(image.getChars());
            case Image image -> out.append(image.getText());
            case TableCell cell -> {
                children(cell);
                out.append(cell.getNext() == null ? "" : "\t");
            }
            case TableRow row -> {
                children(row);
                out.append('\n');
            }
            case Block block -> {
                children(block);
                gap();
            }
            default -> children(node);
        }
    }

    private void undefined(LinkRef link) {
        out.append('[');
        children(link);
        out.append(']');
        if (link.getReference().isNotNull() && link.getText().isNotNull() && !link.getText().isEmpty()) {
            out.append('[').append(link.getReference()).append(']');
        }
    }

    private void footnote(FootnoteBlock footnote) {
        gap();
        out.append('[').append(numbering.letter(footnote)).append("] ");
        children(footnote);
        gap();
    }

    private void script(Marks.Script script) {
        int start = out.length();
        children(script);
        var inside = out.substring(start);
        out.setLength(start);
        out.append(script.plain(inside));
    }

    private void block(String text) {
        out.append(text.stripTrailing());
        gap();
    }

    private void gap() {
        int end = out.length();
        while (end > 0 && (out.charAt(end - 1) == '\n' || out.charAt(end - 1) == ' ')) {
            end--;
        }
        out.setLength(end);
        out.append(end == 0 ? "" : "\n\n");
    }

    private void children(Node node) {
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            append(child);
        }
    }
}
