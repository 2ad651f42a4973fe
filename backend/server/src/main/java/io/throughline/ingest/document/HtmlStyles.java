package io.throughline.ingest.document;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.select.Selector.SelectorParseException;
import org.jspecify.annotations.Nullable;

/// What the styles of a page say about its text: hidden, struck out, raised, lowered. Those of its style sheets are
/// written into the elements they choose, so that one place reads both. Style sheets outside of the file are not known.
final class HtmlStyles {

    private static final int MOST_RULES = 2_000;
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern RULE = Pattern.compile("([^{}@;]{1,500})\\{([^{}]{0,5000})}");
    private static final Pattern TELLING = Pattern.compile("(?i)display\\s*:\\s*none|visibility\\s*:\\s*hidden|line-through|vertical-align\\s*:\\s*(?:super|sub)\\b|font-family[^;]*symbol");
    private static final Pattern HIDDEN = Pattern.compile("(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse))\\b");
    private static final Pattern STRUCK = Pattern.compile("(?:^|;)\\s*text-decoration(?:-line)?\\s*:[^;]*\\bline-through\\b");
    private static final Pattern VERTICAL = Pattern.compile("(?:^|;)\\s*vertical-align\\s*:\\s*(super|sub)\\b");
    private static final Pattern FONT = Pattern.compile("(?:^|;)\\s*font-family\\s*:\\s*([^;]+)");
    private static final Pattern LIST = Pattern.compile("(?:^|;)\\s*list-style(?:-type)?\\s*:[^;]*?\\b((?:lower|upper)-(?:alpha|latin|roman))\\b");

    private HtmlStyles() {}

    static void writeIntoElements(Document page, ParseBudget budget) {
        var rules = 0;
        for (var sheet : page.select("style")) {
            var matcher = RULE.matcher(COMMENT.matcher(sheet.data()).replaceAll(""));
            while (matcher.find() && rules < MOST_RULES) {
                if (!TELLING.matcher(matcher.group(2)).find()) {
                    continue;
                }
                rules++;
                budget.checkTime();
                try {
                    for (var chosen : page.select(matcher.group(1).strip())) {
                        // The element's own style goes after it and so wins where it is read last; hiding is only ever added.
                        chosen.attr("style", matcher.group(2) + ";" + chosen.attr("style"));
                    }
                } catch (SelectorParseException | IllegalArgumentException e) {
                    // A selector the library does not know, such as ::before, chooses no text of the page.
                    continue;
                }
            }
        }
    }

    private static String style(XmlElement element) {
        var style = element.attribute("style");
        return style == null ? "" : style.toLowerCase(Locale.ROOT);
    }

    static boolean isHidden(XmlElement element) {
        return element.has("hidden") || HIDDEN.matcher(style(element)).find();
    }

    static boolean isStruck(XmlElement element) {
        return element.is("s", "strike") || STRUCK.matcher(style(element)).find();
    }

    static InlineRun.@Nullable Style script(XmlElement element) {
        var vertical = VERTICAL.matcher(style(element));
        if (!vertical.find()) {
            return null;
        }
        return vertical.group(1).equals("super") ? InlineRun.Style.SUPERSCRIPT : InlineRun.Style.SUBSCRIPT;
    }

    static boolean isSymbol(XmlElement element) {
        var font = FONT.matcher(style(element));
        return element.is("font") && SymbolFont.is(element.attribute("face")) || font.find() && SymbolFont.is(font.group(1));
    }

    /// Script of the numbers of a list, in the words of [ListNumber].
    static String numbers(XmlElement list) {
        var styled = LIST.matcher(style(list));
        var type = list.attribute("type");
        return ListNumber.html(styled.find() ? styled.group(1) : type == null ? "1" : type);
    }
}
