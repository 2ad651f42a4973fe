package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Blocks of Markdown in their order, separated by blank lines.
final class MarkdownBlocks {

    private static final int DEEPEST_HEADING = 6;
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
