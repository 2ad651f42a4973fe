package io.throughline.ingest.document;

import static io.throughline.ingest.document.JatsReferences.firstOf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an article says about itself outside of its text, and a reviewer needs: that it retracts or corrects another one,
/// who paid, who has interests, where the data are, other titles. It becomes sections of the draft.
final class JatsNotes {

    private static final Pattern INTERESTS = Pattern.compile("(?iU)^\\W*(?:\\S+\\s+)?(?:conflicts?\\s+of\\s+interests?|competing\\s+(?:financial\\s+)?interests?|(?:financial\\s+)?disclosures?|declarations?\\s+of\\s+(?:conflicting\\s+|competing\\s+)?interests?|duality\\s+of\\s+interest)\\b.*");
    private static final Set<String> INTEREST_TYPES = Set.of("conflict", "coi-statement", "financial-disclosure", "coi", "competing-interests");
    private static final Set<String> FUNDING_TYPES = Set.of("supported-by", "funding", "financial-support");
    private static final Set<String> DATA_TYPES = Set.of("data-availability", "data-availability-statement", "dataavailability");
    /// Kinds of notice about another article, with the words for them.
    private static final Map<String, String> NOTICES = Map.of(
            "retraction", "Retraction", "partial-retraction", "Partial retraction", "correction", "Correction", "corrected-article", "Correction",
            "erratum", "Correction", "corrigendum", "Correction", "addendum", "Addendum", "expression-of-concern", "Expression of concern", "concern", "Expression of concern");
    /// What is said about this article elsewhere.
    private static final Map<String, String> ABOUT_THIS = Map.of(
            "retraction-forward", "retracted", "retraction", "retracted", "partial-retraction", "retracted in part", "correction-forward", "corrected",
            "correction", "corrected", "erratum", "corrected", "expression-of-concern", "put under an expression of concern",
            "concern-forward", "put under an expression of concern", "addendum", "supplemented");

    private final XmlElement article;
    private final XmlElement meta;
    private final JatsBlocks blocks;
    private final JatsContext context;
    private final int level;

    JatsNotes(XmlElement article, XmlElement meta, JatsBlocks blocks, JatsContext context, int level) {
        this.article = article;
        this.meta = meta;
        this.blocks = blocks;
        this.context = context;
        this.level = level;
    }

    static String withSubtitles(String title, List<XmlElement> subtitles) {
        var all = new StringBuilder(title);
        for (var subtitle : subtitles) {
            var text = JatsText.of(subtitle);
            if (!text.isEmpty()) {
                all.append(all.isEmpty() ? "" : title.matches(".*[:?!.–—-]$") ? " " : ": ").append(text);
            }
        }
        return all.toString();
    }

    /// `Retraction` and so on when the file is a notice about another article; null when it is an article of its own.
    static @Nullable String notice(@Nullable String articleType) {
        return articleType == null ? null : NOTICES.get(articleType.toLowerCase(Locale.ROOT));
    }

    /// `Retraction: ` in front of the other article's title, under which notices are published.
    static String titled(String title, @Nullable String notice) {
        if (notice == null || title.toLowerCase(Locale.ROOT).matches(".*(?:retract|correct|corrig|errat|addend|concern).*")) {
            return title;
        }
        return notice + ": " + title;
    }

    /// Links to other articles as the source names their relation; the text is a DOI where it is one.
    static List<ParsedDocument.Related> related(XmlElement meta) {
        var all = new ArrayList<ParsedDocument.Related>();
        for (var link : meta.elements("related-article", "related-object")) {
            var relation = firstOf(link.attribute("related-article-type"), link.attribute("link-type"), link.attribute("related-object-type"));
            var target = firstOf(link.attribute("href"), link.attribute("document-id"), link.attribute("object-id"));
            var doi = target == null ? Identifiers.findDoi(link.text()) : Identifiers.findDoi(target);
            var named = doi != null ? doi : target != null ? target : JatsText.of(link);
            if (!named.isBlank()) {
                all.add(new ParsedDocument.Related(relation == null ? "related" : relation, named.strip()));
            }
        }
        return all;
    }

    /// What stands above all else: that this is no article, or no longer a valid one.
    void first(@Nullable String articleType, MarkdownBlocks out) {
        var notice = notice(articleType);
        var all = related(meta);
        if (notice != null) {
            var concerned = all.stream().filter(it -> it.relation().endsWith("-article") || it.relation().endsWith("object-of-concern")).toList();
            var targets = (concerned.isEmpty() ? all : concerned).stream().map(ParsedDocument.Related::target).toList();
            var named = targets.isEmpty() ? "an article that the source does not name" : String.join(", ", targets);
            context.warnFirst("This is not an article but a notice (%s) about %s. Look for what you hold of that article.".formatted(notice.toLowerCase(Locale.ROOT), named));
            var run = new InlineRun().text("This notice concerns ");
            if (targets.isEmpty()) {
                run.text(named);
            }
            for (var i = 0; i < targets.size(); i++) {
                run.text(i > 0 ? ", " : "");
                link(targets.get(i), run);
            }
            out.labelled(notice + ".", run.text(".").markdown());
            return;
        }
        for (var other : all) {
            var state = ABOUT_THIS.get(other.relation().toLowerCase(Locale.ROOT));
            if (state != null) {
                context.warnFirst("This article has been %s (%s). Read that notice before you use any of it.".formatted(state, other.target()));
                var run = new InlineRun().text("This article has been " + state + ": ");
                link(other.target(), run);
                out.labelled("Note.", run.text(".").markdown());
            }
        }
    }

    private static void link(String target, InlineRun run) {
        var address = LinkTarget.of(target.startsWith("10.") ? "https://doi.org/" + target : target);
        if (address == null) {
            run.text(target);
        } else {
            run.link(address, () -> run.text(target));
        }
    }

    /// After the text.
    void last(MarkdownBlocks out) {
        var funding = new MarkdownBlocks();
        var interests = new MarkdownBlocks();
        var data = new MarkdownBlocks();
        var others = new MarkdownBlocks();
        funding(funding);
        footnotes(funding, interests, data, others);
        meta.elements("on-behalf-of").forEach(it -> others.paragraph(blocks.inlines().markdown(it)));
        meta.elements("contrib-group").forEach(group -> {
            group.elements("on-behalf-of").forEach(it -> others.paragraph(blocks.inlines().markdown(it)));
            group.elements("contrib").forEach(it -> {
                it.elements("on-behalf-of").forEach(on -> others.paragraph(blocks.inlines().markdown(on)));
                members(it, others);
            });
        });
        section("Funding", funding, out);
        section("Competing interests and disclosures", interests, out);
        section("Data availability", data, out);
        section("Author notes", others, out);
        notes(out);
        customMeta(out);
        titles(out);
        relatedList(out);
        var affiliations = meta.all("aff").size();
        for (var i = 0; i < affiliations; i++) {
            context.leaveOut("affiliations of authors");
        }
    }

    private void section(String title, MarkdownBlocks content, MarkdownBlocks out) {
        if (!content.isEmpty()) {
            blocks.open(title, level);
            out.heading(level, title).append(content);
        }
    }

    private void funding(MarkdownBlocks out) {
        var statements = meta.all("funding-statement");
        statements.forEach(it -> out.paragraph(blocks.inlines().markdown(it)));
        if (statements.isEmpty()) {
            for (var award : meta.all("award-group")) {
                var source = award.elements("funding-source").stream().map(JatsText::of).filter(it -> !it.isEmpty()).toList();
                var ids = award.elements("award-id").stream().map(JatsText::of).filter(it -> !it.isEmpty()).toList();
                var text = String.join("; ", source) + (ids.isEmpty() ? "" : " (" + String.join(", ", ids) + ")");
                out.paragraph(MarkdownText.escape(text.strip()));
            }
        }
    }

    private void footnotes(MarkdownBlocks funding, MarkdownBlocks interests, MarkdownBlocks data, MarkdownBlocks others) {
        for (var notes : meta.elements("author-notes")) {
            for (var note : notes.elements()) {
                if (note.is("title", "label")) {
                    continue;
                }
                var type = lower(note.attribute("fn-type"));
                var into = INTEREST_TYPES.contains(type) || INTERESTS.matcher(JatsText.of(note)).matches() ? interests
                        : FUNDING_TYPES.contains(type) ? funding
                        : DATA_TYPES.contains(type) ? data : others;
                if (note.is("fn")) {
                    into.paragraph(blocks.note(note));
                } else {
                    blocks.block(note, level + 1, into);
                }
            }
        }
        var title = meta.at("title-group", "article-title");
        if (title != null) {
            title.all("fn").forEach(it -> others.paragraph(blocks.note(it)));
        }
        meta.elements("title-group").forEach(group -> group.elements("fn-group").forEach(it -> it.elements("fn").forEach(note -> others.paragraph(blocks.note(note)))));
    }

    private static void members(XmlElement contributor, MarkdownBlocks out) {
        var group = contributor.first("collab");
        if (group == null || group.first("contrib-group") == null) {
            return;
        }
        var names = group.all("contrib").stream().map(it -> JatsAuthors.name(it, null)).filter(java.util.Objects::nonNull)
                .map(it -> {
                    var given = JatsReferences.text(it, "given-names");
                    var family = JatsReferences.text(it, "surname");
                    return family == null ? JatsText.of(it) : given == null ? family : given + " " + family;
                }).toList();
        if (!names.isEmpty()) {
            out.paragraph(MarkdownText.escape("Members of the group: " + String.join(", ", names) + "."));
        }
    }

    private void notes(MarkdownBlocks out) {
        var front = article.first("front");
        for (var holder : front == null ? List.of(meta) : List.of(meta, front)) {
            for (var note : holder.elements("notes")) {
                var type = lower(note.attribute("notes-type"));
                blocks.section(note, level, type.isEmpty() ? "Notes" : Character.toUpperCase(type.charAt(0)) + type.substring(1).replace('-', ' '), out);
            }
            holder.elements("fn-group").forEach(it -> blocks.block(it, level, out));
        }
    }

    /// Only what is prose: the rest of it is for machines.
    private void customMeta(MarkdownBlocks out) {
        var byName = new LinkedHashMap<String, MarkdownBlocks>();
        for (var group : meta.elements("custom-meta-group", "custom-meta-wrap")) {
            for (var entry : group.elements("custom-meta")) {
                var value = entry.first("meta-value");
                if (value != null && JatsText.of(value).split(" ").length >= 4) {
                    var name = JatsText.of(entry.first("meta-name"));
                    byName.computeIfAbsent(name.isEmpty() ? "Notes" : name, ignored -> new MarkdownBlocks()).paragraph(blocks.inlines().markdown(value));
                }
            }
        }
        byName.forEach((name, content) -> {
            blocks.open(name, level);
            out.heading(level, MarkdownText.escape(name)).append(content);
        });
    }

    private void titles(MarkdownBlocks out) {
        var titles = new MarkdownBlocks();
        for (var group : meta.elements("title-group")) {
            for (var translated : group.elements("trans-title-group")) {
                title(translated, translated.first("trans-title"), translated.elements("trans-subtitle"), titles);
            }
            group.elements("trans-title").forEach(it -> title(it, it, List.of(), titles));
        }
        section("Title in other languages", titles, out);
    }

    private static void title(XmlElement holder, @Nullable XmlElement title, List<XmlElement> subtitles, MarkdownBlocks out) {
        var text = withSubtitles(JatsText.of(title), subtitles);
        var language = firstOf(holder.attribute("lang"), title == null ? null : title.attribute("lang"));
        if (!text.isEmpty()) {
            out.paragraph(MarkdownText.escape((language == null ? "" : language + ": ") + text));
        }
    }

    private void relatedList(MarkdownBlocks out) {
        var list = new MarkdownBlocks();
        for (var other : related(meta)) {
            var run = new InlineRun().text(other.relation().replace('-', ' ') + ": ");
            link(other.target(), run);
            list.paragraph(run.markdown());
        }
        section("Related articles", list, out);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
