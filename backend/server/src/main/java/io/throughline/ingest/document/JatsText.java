package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import org.jspecify.annotations.Nullable;

/// The text of an element of an article without its emphasis, for what has none: titles, names, fields of references.
/// Superscripts and formulas stay what they are; what is struck out is not text (the article's reader counts it).
final class JatsText {

    private JatsText() {}

    static String of(@Nullable XmlElement element) {
        if (element == null) {
            return "";
        }
        var run = new InlineRun();
        children(element, run);
        return run.plain();
    }

    private static void children(XmlElement element, InlineRun run) {
        for (var child : element.content()) {
            if (child instanceof XmlElement inner) {
                element(inner, run);
            } else {
                run.text(child.toString());
            }
        }
    }

    private static void element(XmlElement element, InlineRun run) {
        switch (element.name()) {
            case "sup" -> run.styled(Style.SUPERSCRIPT, () -> children(element, run));
            case "sub" -> run.styled(Style.SUBSCRIPT, () -> children(element, run));
            case "overline" -> Overline.write(element.text(), run);
            case "strike" -> {}
            case "break" -> run.text(" ");
            case "inline-formula", "disp-formula", "alternatives" -> {
                var math = element.firstDeep("math");
                if (math == null) {
                    children(element, run);
                } else {
                    MathText.write(math, run);
                }
            }
            case "math" -> MathText.write(element, run);
            case "tex-math" -> run.text(JatsInlines.tex(element));
            default -> children(element, run);
        }
    }
}
