package io.throughline.content;

import com.vladsch.flexmark.ast.AutoLink;
import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ast.CodeBlock;
import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.HtmlEntity;
import com.vladsch.flexmark.ast.IndentedCodeBlock;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.MailLink;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.sequence.Escaping;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The prose of a document, piece by piece. Pure.
///
/// Beside [DocumentBlocks], which has everything that a reviewer judges, words of claims included: here stands only what somebody
/// wrote in this document's own language.
final class TextBlocks {

    private static final String UNPARTED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}ー";
    /// A run of a script that doesn't part words, or what stands together.
    private static final Pattern WORD = Pattern.compile("[%s]+|[\\p{L}\\p{M}\\p{N}&&[^%s]]+".formatted(UNPARTED, UNPARTED));
    private static final List<String> FIELDS = List.of("title", "question", "text", "qualifier", "summary", "boxedWarning", "adverseEventStatement");

    private final List<TextBlock> blocks = new ArrayList<>();

    private TextBlocks() {}

    /// In reading order; pieces without a word are left out.
    static List<TextBlock> of(JsonNode document) {
        var all = new TextBlocks();
        FIELDS.forEach(it -> all.plain("/" + it, document.path(it)));
        all.plain("/visual/alt", document.path("visual").path("alt"));
        int at = 0;
        for (var it : document.path("variations")) {
            all.plain("/variations/" + at++ + "/text", it.path("text"));
        }
        all.markdown("/body", document.path("body").asString(""));
        at = 0;
        for (var it : document.path("steps")) {
            all.plain("/steps/" + at + "/title", it.path("title"));
            all.markdown("/steps/" + at++ + "/body", it.path("body").asString(""));
        }
        return List.copyOf(all.blocks);
    }

    private void plain(String path, JsonNode value) {
        var text = value.asString("");
        add(path, 0, text.length(), words(text));
    }

    private void markdown(String path, String markdown) {
        if (markdown.isBlank()) {
            return;
        }
        for (var node : Markdown.parse(markdown).getChildren()) {
            if (node instanceof ListBlock list) {
                list.getChildren().forEach(it -> block(path, it, markdown.length()));
            } else {
                block(path, node, markdown.length());
            }
        }
    }

    /// @param length of the field's text: what bounds it may make it longer
    private void block(String path, Node node, int length) {
        var text = new StringBuilder();
        append(node, text);
        add(path, Math.min(node.getStartOffset(), length), Math.min(node.getEndOffset(), length), words(text));
    }

    private void add(String path, int start, int end, List<String> words) {
        if (!words.isEmpty()) {
            blocks.add(new TextBlock(path, start, end, words));
        }
    }

    /// What holds a digit is a number, a dose or a name of a substance, and no word of a language.
    static List<String> words(CharSequence text) {
        return WORD.matcher(text).results().map(it -> it.group()).filter(it -> it.codePoints().noneMatch(Character::isDigit)).toList();
    }

    private static void append(Node node, StringBuilder text) {
        switch (node) {
            case Text it -> text.append(Escaping.unescapeString(it.getChars()));
            case HtmlEntity it -> text.append(Escaping.unescapeHtml(it.getChars()));
            case AutoLink _, MailLink _, Code _, FencedCodeBlock _, IndentedCodeBlock _, CodeBlock _, Reference _ -> text.append(' ');
            case Directives.Citation _, Directives.ClaimDirective _ -> text.append(' ');
            default -> {
                boolean apart = node instanceof com.vladsch.flexmark.util.ast.Block || node.getFirstChild() == null;
                text.append(apart ? " " : "");
                for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
                    append(child, text);
                }
                text.append(apart ? " " : "");
            }
        }
    }
}
