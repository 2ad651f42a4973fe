package io.throughline.ingest.document;

import io.throughline.ingest.document.ParsedDocument.Author;
import io.throughline.ingest.document.ParsedDocument.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Builds a document from blocks: finds its title, takes the reference list out, links bracketed numbers to it.
final class FlowDocument {

    private static final int LONGEST_TITLE = 300;
    private static final Pattern CAPTION =
            Pattern.compile("(?iU)^((?:table|figure|fig\\.?|abbildung|abb\\.?|tabelle|tableau|tabla|tabela)\\s+[A-Z]?\\d+[a-z]?\\s*[.:]?)\\s*(.*)$");

    /// What the file's own properties say; all optional.
    record Properties(
            String title, List<Author> authors, List<String> keywords, @Nullable String language,
            @Nullable String doi, @Nullable String journal, List<Integer> published) {
        static Properties none() {
            return new Properties("", List.of(), List.of(), null, null, null, List.of());
        }
    }

    private final List<Flow> flow;
    private final List<String> warnings;
    private final SectionTree sections = new SectionTree();
    private final MarkdownBlocks out = new MarkdownBlocks();
    private final LeftOut repeated = new LeftOut("Repeated");
    private int tables;
    private int figures;
    private int references;

    private FlowDocument(List<Flow> flow, List<String> warnings) {
        this.flow = flow;
        this.warnings = warnings;
    }

    /// @param title the title the layout shows, empty when it shows none; it is no longer among the blocks
    static ParsedDocument assemble(
            DocumentFormat format, String title, Properties properties, List<Flow> flow, List<String> warnings) {
        return assemble(format, title, properties, flow, warnings, List.of());
    }

    /// @param works that the citations in the blocks point at by their place, from 1
    static ParsedDocument assemble(
            DocumentFormat format, String title, Properties properties, List<Flow> flow, List<String> warnings, List<Map<String, Object>> works) {
        return new FlowDocument(new ArrayList<>(flow), new ArrayList<>(warnings)).assemble(format, title, properties, works);
    }

    private ParsedDocument assemble(DocumentFormat format, String shown, Properties properties, List<Map<String, Object>> works) {
        var title = title(shown, properties.title());
        var entries = takeReferences();
        var list = new ArrayList<Reference>();
        works.forEach(it -> list.add(new Reference("ref-" + (list.size() + 1), it)));
        // Where the works are known by their fields, the printed list only repeats them, and its numbers are not theirs.
        var loose = LooseReferences.read(entries.stream().filter(it -> works.stream().noneMatch(work -> isSame(it, work))).toList());
        loose.forEach(it -> list.add(new Reference("ref-" + (list.size() + 1), it.csl())));
        references = works.isEmpty() ? list.size() : 0;
        if (!works.isEmpty()) {
            warnings.add("The %d references of a reference manager were read with their fields.".formatted(works.size()));
        }
        if (!loose.isEmpty()) {
            warnings.add("The %d references were read as plain text; complete their fields before citing them.".formatted(loose.size()));
        }
        write();
        warnings.addAll(repeated.warnings());
        return new ParsedDocument(
                format, title, "", out.toString(), sections.tree(), tables, figures, properties.authors(),
                properties.doi(), null, properties.journal(), properties.published(), null, properties.language(), null,
                properties.keywords(), List.of(), list, List.of(), warnings);
    }

    private String title(String shown, String fromProperties) {
        if (!shown.isEmpty()) {
            return shown;
        }
        var first = flow.stream().filter(it -> !plain(it).isEmpty()).findFirst();
        if (first.isPresent() && first.get() instanceof Flow.Heading(var level, var text)
                && flow.stream().filter(it -> it instanceof Flow.Heading(var other, var ignored) && other <= level).count() == 1) {
            flow.remove(first.get());
            return text.plain();
        }
        if (!fromProperties.isEmpty()) {
            first.filter(it -> plain(it).equalsIgnoreCase(fromProperties)).ifPresent(flow::remove);
            return fromProperties;
        }
        if (first.isPresent() && !(first.get() instanceof Flow.Table) && plain(first.get()).length() <= LONGEST_TITLE) {
            warnings.add("The file names no title; its first line was taken. Check it.");
            if (flow.size() > 1) {
                flow.remove(first.get());
            }
            return plain(first.get());
        }
        warnings.add("The file names no title; give the draft one.");
        return "";
    }

    private static String plain(Flow block) {
        return switch (block) {
            case Flow.Heading(var ignored, var text) -> text.plain();
            case Flow.Paragraph(var text) -> text.plain();
            case Flow.Item(var ignored, var alsoIgnored, var text) -> text.plain();
            case Flow.Quote(var text) -> text.plain();
            case Flow.Code(var text) -> text.strip();
            case Flow.Table ignored -> "";
        };
    }

    /// The last heading of that name counts; everything up to the next heading that is not deeper is an entry each.
    private List<String> takeReferences() {
        var start = -1;
        for (var i = 0; i < flow.size(); i++) {
            var block = flow.get(i);
            if (block instanceof Flow.Heading || block instanceof Flow.Paragraph) {
                start = LooseReferences.isHeading(plain(block)) ? i : start;
            }
        }
        if (start < 0) {
            return List.of();
        }
        var level = flow.get(start) instanceof Flow.Heading(var own, var ignored) ? own : Integer.MAX_VALUE;
        var end = start + 1;
        var entries = new ArrayList<String>();
        while (end < flow.size()
                && !(flow.get(end) instanceof Flow.Heading(var other, var ignored) && other <= level)
                && !(flow.get(end) instanceof Flow.Table)) {
            if (!(flow.get(end) instanceof Flow.Heading) && !plain(flow.get(end)).isEmpty()) {
                entries.add(plain(flow.get(end)));
            }
            end++;
        }
        if (!entries.isEmpty()) {
            flow.subList(start, end).clear();
        }
        return entries;
    }

    private static boolean isSame(String printed, Map<String, Object> work) {
        var title = work.get("title") instanceof String text ? letters(text) : "";
        var doi = work.get("DOI") instanceof String text ? letters(text) : "";
        var entry = letters(printed);
        return title.length() > 10 && entry.contains(title) || !doi.isEmpty() && entry.endsWith(doi);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private void write() {
        // The highest level that is used becomes level 2, because the title is level 1.
        var shift = 2 - flow.stream()
                .mapToInt(it -> it instanceof Flow.Heading(var level, var ignored) ? level : Integer.MAX_VALUE)
                .min().orElse(2);
        for (var i = 0; i < flow.size(); i++) {
            switch (flow.get(i)) {
                case Flow.Heading(var level, var text) -> heading(level + shift, text);
                case Flow.Paragraph(var text) -> paragraph(text);
                case Flow.Quote(var text) -> out.quote(new MarkdownBlocks().paragraph(cited(text)));
                case Flow.Code(var text) -> out.code(text);
                case Flow.Table(var rows, var header) -> table(rows, header);
                case Flow.Item item -> {
                    var end = i;
                    while (end < flow.size() && flow.get(end) instanceof Flow.Item) {
                        end++;
                    }
                    list(flow.subList(i, end).stream().map(Flow.Item.class::cast).toList(), out);
                    i = end - 1;
                }
            }
        }
    }

    private String cited(InlineRun text) {
        return text.withTextCitations(references).markdown();
    }

    private void heading(int level, InlineRun text) {
        var plain = text.plain();
        if (!plain.isEmpty()) {
            sections.open(plain, level);
            out.heading(Math.clamp(level, 2, 6), MarkdownText.escape(plain));
        }
    }

    private void paragraph(InlineRun text) {
        var caption = CAPTION.matcher(text.plain());
        if (caption.matches() && caption.group(2).length() < 1000 && !caption.group(2).isEmpty()
                && (caption.group(1).endsWith(".") || caption.group(1).endsWith(":"))) {
            figures += caption.group(1).toLowerCase(Locale.ROOT).matches("(?:fig|abb).*") ? 1 : 0;
            var label = caption.group(1).strip().replaceAll("[.:]$", "") + ".";
            var rest = new InlineRun().text(caption.group(2));
            out.labelled(MarkdownText.escape(label), cited(rest));
        } else {
            out.paragraph(cited(text));
        }
    }

    private void table(List<List<GfmTable.Cell>> rows, int header) {
        var table = GfmTable.write(rows, header);
        if (!table.isEmpty()) {
            tables++;
            out.raw(table);
            rows.forEach(row -> row.stream().filter(GfmTable.Cell::isRepeated).forEach(it -> repeated.count(GfmTable.REPEATED)));
        }
    }

    /// Items deeper than the first belong to the item before them.
    private void list(List<Flow.Item> items, MarkdownBlocks into) {
        var depth = items.stream().mapToInt(Flow.Item::depth).min().orElse(0);
        var numbers = new ArrayList<String>();
        var done = new ArrayList<MarkdownBlocks>();
        for (var i = 0; i < items.size(); i++) {
            var block = new MarkdownBlocks();
            var item = items.get(i);
            var own = item.depth() == depth;
            var from = own ? i + 1 : i;
            if (own) {
                block.paragraph(cited(item.text()));
            }
            var end = from;
            while (end < items.size() && items.get(end).depth() > depth) {
                end++;
            }
            if (end > from) {
                list(items.subList(from, end), block);
            }
            numbers.add(own ? item.number() : "");
            done.add(block);
            i = end - 1;
        }
        into.list(numbers, done);
    }
}
