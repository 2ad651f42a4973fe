package io.throughline.content;

/// Keeps hostile Markdown from costing more than its length (S31). The parser's cost grows with the square of what one
/// paragraph marks; what marks, nests or repeats more than any written text does is shown literally, as a code block,
/// which costs nothing to parse. (Escaping every mark instead was tried: escapes cost the same square.)
final class MarkdownLimits {

    /// Block quotes and list items inside each other.
    static final int CONTAINERS = 40;
    /// Columns of white space a line may start with; each list level takes two or more.
    private static final int INDENTATION = 160;
    /// `[` inside `[` within one paragraph.
    static final int BRACKETS = 40;
    /// Emphasis marks, brackets, links and the like within one paragraph or one table row.
    static final int MARKS = 1500;
    /// Rows of one table.
    static final int ROWS = 1000;
    /// Lines of one text; the parser keeps its blocks in lists that it walks.
    private static final int LINES = 20_000;
    /// Code fences in one text.
    private static final int FENCES = 1000;
    /// Characters without a space between them that hold an address.
    private static final int ADDRESS = 2000;

    private static final String MARK_CHARACTERS = "[]*_~^`<!:@\\";

    private MarkdownLimits() {}

    static String bound(String markdown) {
        var text = markdown.replace('\u0000', '\uFFFD');
        if (text.lines().limit(LINES + 1).count() > LINES
                || text.lines().filter(MarkdownLimits::isFence).limit(FENCES + 1).count() > FENCES) {
            return literal(text);
        }
        var out = new StringBuilder(text.length() + 16);
        var block = new StringBuilder();
        boolean table = false;
        int rows = 0;
        for (var it = text.lines().iterator(); it.hasNext(); ) {
            var line = boundContainers(it.next());
            boolean row = line.stripLeading().startsWith("|");
            if (line.isBlank() || row != table) {
                flush(block, rows, out);
                rows = 0;
            }
            table = row;
            rows += row ? 1 : 0;
            if (line.isBlank()) {
                out.append(line).append('\n');
            } else {
                block.append(line).append('\n');
            }
        }
        flush(block, rows, out);
        return out.toString();
    }

    private static boolean isFence(String line) {
        var start = line.stripLeading();
        return start.startsWith("```") || start.startsWith("~~~");
    }

    /// The text as one code block.
    static String literal(String text) {
        int longest = 2;
        for (var it = text.lines().iterator(); it.hasNext(); ) {
            var line = it.next().stripLeading();
            int run = 0;
            while (run < line.length() && line.charAt(run) == '~') {
                run++;
            }
            longest = Math.max(longest, run);
        }
        var fence = "~".repeat(longest + 1);
        return fence + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
    }

    /// @param rows of a table that the block is, 0 for a paragraph
    private static void flush(StringBuilder block, int rows, StringBuilder out) {
        if (block.isEmpty()) {
            return;
        }
        var text = block.toString();
        block.setLength(0);
        boolean bounded = rows > 0 ? rows <= ROWS && text.lines().allMatch(MarkdownLimits::isBounded) : isBounded(text);
        // empty lines around it, so that no paragraph runs into the fence
        out.append(bounded ? text : "\n" + literal(text) + "\n");
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

    private static boolean isBounded(String paragraph) {
        int marks = 0;
        int open = 0;
        int word = 0;
        boolean address = false;
        for (int i = 0; i < paragraph.length(); i++) {
            char c = paragraph.charAt(i);
            if (c == '[') {
                open++;
            } else if (c == ']' && open > 0) {
                open--;
            }
            boolean www = c == 'w' && paragraph.startsWith("www.", i);
            if (www || MARK_CHARACTERS.indexOf(c) >= 0) {
                marks++;
            }
            word = Character.isWhitespace(c) ? 0 : word + 1;
            address = word > 0 && (address || www || c == ':' || c == '@');
            if (open > BRACKETS || marks > MARKS || (address && word > ADDRESS)) {
                return false;
            }
        }
        return true;
    }
}
