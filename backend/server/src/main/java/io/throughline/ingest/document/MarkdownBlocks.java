package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Blocks of Markdown in their order, separated by blank lines.
final class MarkdownBlocks {

    private static final int DEEPEST_HEADING = 6;
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,8})[.):]?");
    private static final Pattern NOT_TEXT = Pattern.compile("[->|#`]|\\* |\\d{1,9}[.)] ");
    private final List<String> blocks = new ArrayList<>();

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    int size() {
        return blocks.size();
    }

    String first() {
        return blocks.getFirst();
    }

    /// All but the first.
    List<String> rest() {
        return blocks.isEmpty() ? List.of() : List.copyOf(blocks.subList(1, blocks.size()));
    }

    MarkdownBlocks heading(int level, String markdown) {
        if (!markdown.isEmpty()) {
            // Hashes at the end would close the heading.
            var text = markdown.replaceFirst("(#+)$", "\\\\$1");
            blocks.add("#".repeat(Math.clamp(level, 1, DEEPEST_HEADING)) + " " + text);
        }
        return this;
    }

    MarkdownBlocks paragraph(String markdown) {
        if (!markdown.isEmpty()) {
            blocks.add(MarkdownText.guardLineStart(markdown));
        }
        return this;
    }

    /// `**Label** text`; either may be empty.
    MarkdownBlocks labelled(String label, String text) {
        var bold = label.isEmpty() ? "" : "**" + label + "**";
        return paragraph((bold + " " + text).strip());
    }

    MarkdownBlocks quote(MarkdownBlocks quoted) {
        if (!quoted.isEmpty()) {
            blocks.add(quoted.toString()
                    .lines()
                    .map(it -> it.isEmpty() ? ">" : "> " + it)
                    .collect(Collectors.joining("\n")));
        }
        return this;
    }

    MarkdownBlocks list(boolean ordered, int start, List<MarkdownBlocks> items) {
        var filled = items.stream().filter(it -> !it.isEmpty()).toList();
        if (filled.isEmpty()) {
            return this;
        }
        var tight = filled.stream().allMatch(it -> it.blocks.size() == 1);
        // Another marker begins another list; with the same one, two lists in a row would be read as one.
        var last = blocks.isEmpty() ? "" : blocks.getLast();
        var bullet = last.startsWith("- ") ? "* " : "- ";
        var suffix = last.matches("(?s)\\d{1,9}\\. .*") ? ") " : ". ";
        var out = new StringBuilder();
        var number = start;
        for (var item : filled) {
            var marker = ordered ? number++ + suffix : bullet;
            if (!out.isEmpty()) {
                out.append(tight ? "\n" : "\n\n");
            }
            out.append(marker).append(indented(item.toString(), " ".repeat(marker.length())));
        }
        blocks.add(out.toString());
        return this;
    }

    /// A list whose items have the numbers their source shows. Markdown counts in decimals only, so letters, roman numbers
    /// and `2.1` are written into the text, and a jump begins a new list with the number it jumps to.
    ///
    /// @param numbers `3.`, `(b)`; empty for a bullet; one for each item
    MarkdownBlocks list(List<String> numbers, List<MarkdownBlocks> items) {
        var from = 0;
        while (from < items.size()) {
            var first = decimal(numbers.get(from));
            var bullet = numbers.get(from).isEmpty();
            var to = from + 1;
            while (to < items.size() && (items.get(to).isEmpty()
                    || (first > 0 ? decimal(numbers.get(to)) == first + to - from : decimal(numbers.get(to)) == 0 && numbers.get(to).isEmpty() == bullet))) {
                to++;
            }
            var group = new ArrayList<MarkdownBlocks>();
            for (var i = from; i < to; i++) {
                group.add(first > 0 || bullet ? items.get(i) : items.get(i).withLabel(numbers.get(i)));
            }
            list(first > 0, Math.max(first, 1), group);
            from = to;
        }
        return this;
    }

    /// 0 when it is not only a number.
    private static int decimal(String number) {
        var matcher = DECIMAL.matcher(number);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private MarkdownBlocks withLabel(String label) {
        var labelled = new MarkdownBlocks();
        var text = MarkdownText.escape(label);
        if (isEmpty() || NOT_TEXT.matcher(first()).lookingAt()) {
            labelled.paragraph(text);
            labelled.blocks.addAll(blocks);
        } else {
            labelled.paragraph(text + " " + first());
            labelled.blocks.addAll(rest());
        }
        return labelled;
    }

    private static String indented(String text, String indent) {
        return text.lines().map(it -> it.isEmpty() ? it : indent + it).collect(Collectors.joining("\n")).stripLeading();
    }

    MarkdownBlocks code(String code) {
        var fence = "```";
        while (code.contains(fence)) {
            fence += "`";
        }
        blocks.add(fence + "\n" + code.strip() + "\n" + fence);
        return this;
    }

    /// A block that is Markdown already, such as a table.
    MarkdownBlocks raw(String block) {
        if (!block.isEmpty()) {
            blocks.add(block);
        }
        return this;
    }

    MarkdownBlocks append(MarkdownBlocks others) {
        blocks.addAll(others.blocks);
        return this;
    }

    /// All in one line, for a table's cell.
    String inOneLine() {
        return String.join(" ", blocks).replace('\n', ' ');
    }

    @Override
    public String toString() {
        return String.join("\n\n", blocks);
    }
}
