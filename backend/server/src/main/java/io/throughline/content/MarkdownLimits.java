package io.throughline.content;

/// Keeps hostile Markdown from costing more than its length (S31): what nests deeper or marks more than any
/// written text does is shown literally instead of being interpreted.
final class MarkdownLimits {

    /// Block quotes and list items inside each other.
    static final int CONTAINERS = 40;
    /// Columns of white space a line may start with; each list level takes two or more.
    private static final int INDENTATION = 160;
    /// `[` inside `[` within one paragraph.
    static final int BRACKETS = 40;
    /// Emphasis marks and the like within one paragraph or one table row.
    static final int MARKS = 2000;

    private static final String MARK_CHARACTERS = "[]*_~^`<!:";

    private MarkdownLimits() {}

    static String bound(String markdown) {
        var text = markdown.replace('\u0000', '\uFFFD');
        var lines = text.split("\n", -1);
        var out = new StringBuilder(text.length() + 16);
        var paragraph = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            var line = boundContainers(lines[i]);
            var end = i < lines.length - 1 ? "\n" : "";
            if (line.isBlank() || line.stripLeading().startsWith("|")) {
                flush(paragraph, out);
                out.append(boundMarks(line)).append(end);
            } else {
                paragraph.append(line).append(end);
            }
        }
        flush(paragraph, out);
        return out.toString();
    }

    /// Every mark escaped: nothing but paragraphs of text is left.
    static String literal(String markdown) {
        var out = new StringBuilder(markdown.length() * 2);
        for (var line : markdown.split("\n", -1)) {
            out.append(escapeMarks(line.strip().replaceFirst("^([>#+=|-]|\\d+[.)])", "\\\\$1"))).append('\n');
        }
        return out.toString();
    }

    private static void flush(StringBuilder paragraph, StringBuilder out) {
        if (!paragraph.isEmpty()) {
            out.append(boundMarks(paragraph.toString()));
            paragraph.setLength(0);
        }
    }

    private static String boundContainers(String line) {
        int depth = 0;
        int columns = 0;
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == ' ' || c == '\t') {
                columns += c == '\t' ? 4 : 1;
                if (columns > INDENTATION) {
                    return line.substring(0, i) + line.substring(i).stripLeading();
                }
                i++;
                continue;
            }
            int marker = containerMarker(line, i);
            if (marker == 0) {
                return line;
            }
            depth++;
            if (depth > CONTAINERS) {
                return line.substring(0, i) + "\\" + line.substring(i);
            }
            i += marker;
        }
        return line;
    }

    private static int containerMarker(String line, int at) {
        char c = line.charAt(at);
        if (c == '>') {
            return 1;
        }
        if (c == '-' || c == '+' || c == '*') {
            return at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1)) ? 1 : 0;
        }
        int digits = at;
        while (digits < line.length() && digits - at < 9 && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == at || digits == line.length() || (line.charAt(digits) != '.' && line.charAt(digits) != ')')) {
            return 0;
        }
        return digits + 1 == line.length() || Character.isWhitespace(line.charAt(digits + 1)) ? digits + 1 - at : 0;
    }

    private static String boundMarks(String paragraph) {
        int marks = 0;
        int open = 0;
        for (int i = 0; i < paragraph.length(); i++) {
            char c = paragraph.charAt(i);
            if (c == '[') {
                open++;
            } else if (c == ']' && open > 0) {
                open--;
            }
            if (MARK_CHARACTERS.indexOf(c) >= 0) {
                marks++;
            }
            if (open > BRACKETS || marks > MARKS) {
                return escapeMarks(paragraph);
            }
        }
        return paragraph;
    }

    private static String escapeMarks(String text) {
        var out = new StringBuilder(text.length() * 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (MARK_CHARACTERS.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
