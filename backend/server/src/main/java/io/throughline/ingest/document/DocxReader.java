package io.throughline.ingest.document;

import io.throughline.ingest.document.FlowDocument.Properties;
import io.throughline.ingest.document.ParsedDocument.Author;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a Word document (OOXML). Its parts are read with the same guarded XML reader as everything else:
/// object models of the format build the whole tree without limits of depth or size.
final class DocxReader {

    private static final String MAIN =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    private DocxReader() {}

    static ParsedDocument read(byte[] bytes, ParseBudget budget) throws IOException {
        try (var parts = ZipParts.open(bytes, budget)) {
            var main = mainPart(parts);
            var folder = main.substring(0, main.lastIndexOf('/') + 1);
            var document = parts.xml(main);
            var body = document == null ? null : document.first("body");
            if (body == null) {
                throw Refused.broken("The Word document has no body.");
            }
            var related = new Related(parts, folder, main.substring(folder.length()));
            var blocks = new DocxBlocks(
                    DocxStyles.of(parts.xml(related.part("styles", "styles.xml")), parts.xml(related.part("numbering", "numbering.xml"))),
                    related.links(), parts.xml(related.part("footnotes", "footnotes.xml")), parts.xml(related.part("endnotes", "endnotes.xml")));
            blocks.read(body);
            var warnings = new LinkedHashSet<>(blocks.warnings());
            if (parts.hasUnder(folder + "embeddings/")) {
                warnings.add("Files embedded in the document were not read; send them on their own if they are needed.");
            }
            var comments = parts.xml(related.part("comments", "comments.xml"));
            if (comments != null) {
                var left = new LeftOut();
                comments.elements("comment").forEach(it -> left.words("comments in the margin", DocxInlines.allText(it)));
                warnings.addAll(left.warnings());
            }
            if (related.hasText(parts, "header") || related.hasText(parts, "footer")) {
                warnings.add("Headers and footers of the pages were left out.");
            }
            if (parts.has(folder + "vbaProject.bin")) {
                warnings.add("The document holds macros; they were neither read nor run.");
            }
            var properties = properties(parts, warnings);
            return FlowDocument.assemble(DocumentFormat.DOCX, blocks.title(), properties, blocks.flow(), List.copyOf(warnings), blocks.cited());
        }
    }

    private static String mainPart(ZipParts parts) {
        var types = parts.xml("[Content_Types].xml");
        if (types == null) {
            if (parts.has("mimetype")) {
                throw Refused.unsupported("It is an OpenDocument or EPUB file.", "Save it as .docx or PDF and send that.");
            }
            throw Refused.unsupported("It is an archive (zip).", "Send the files in it one by one.");
        }
        for (var type : types.elements("Override")) {
            var kind = type.attribute("ContentType");
            var name = type.attribute("PartName");
            if (MAIN.equals(kind) && name != null) {
                return name.startsWith("/") ? name.substring(1) : name;
            }
            if (kind != null && kind.contains("macroEnabled.main")) {
                throw Refused.unsupported("It is an Office file with macros.", "Save it without macros as .docx and send that.");
            }
            if (kind != null && (kind.contains("presentationml") || kind.contains("spreadsheetml"))) {
                throw Refused.unsupported(
                        kind.contains("presentationml") ? "Presentations are not read." : "Spreadsheets are not read.",
                        "Send the text as .docx or PDF.");
            }
        }
        throw Refused.unsupported("It is a package, but not a Word document.", "Send JATS XML, DOCX, PDF or HTML.");
    }

    /// What document.xml.rels says: the names of sibling parts and the targets of links.
    private static final class Related {

        private final String folder;
        private final Map<String, String> byType = new HashMap<>();
        private final Map<String, List<String>> all = new HashMap<>();
        private final Map<String, String> links = new HashMap<>();

        Related(ZipParts parts, String folder, String mainName) {
            this.folder = folder;
            var relations = parts.xml(folder + "_rels/" + mainName + ".rels");
            for (var relation : relations == null ? List.<XmlElement>of() : relations.elements("Relationship")) {
                var type = relation.attribute("Type");
                var target = relation.attribute("Target");
                var id = relation.attribute("Id");
                if (type == null || target == null || id == null) {
                    continue;
                }
                var shortType = type.substring(type.lastIndexOf('/') + 1);
                if ("External".equals(relation.attribute("TargetMode"))) {
                    if (shortType.equals("hyperlink")) {
                        links.put(id, target);
                    }
                } else {
                    byType.putIfAbsent(shortType, target);
                    all.computeIfAbsent(shortType, ignored -> new ArrayList<>()).add(target);
                }
            }
        }

        String part(String type, String usual) {
            var target = byType.getOrDefault(type, usual);
            return target.startsWith("/") ? target.substring(1) : folder + target;
        }

        boolean hasText(ZipParts parts, String type) {
            for (var target : all.getOrDefault(type, List.of())) {
                var part = parts.xml(target.startsWith("/") ? target.substring(1) : folder + target);
                // The page's number is a text of digits only.
                if (part != null && DocxInlines.allText(part).chars().anyMatch(Character::isLetter)) {
                    return true;
                }
            }
            return false;
        }

        Map<String, String> links() {
            return links;
        }
    }

    private static Properties properties(ZipParts parts, LinkedHashSet<String> warnings) {
        var core = parts.xml("docProps/core.xml");
        if (core == null) {
            return Properties.none();
        }
        var authors = PropertyAuthors.read(text(core, "creator"), warnings);
        var keywords = text(core, "keywords");
        return new Properties(
                text(core, "title"), authors,
                keywords.isEmpty() ? List.of() : List.of(keywords.split("\\s*[,;]\\s*")),
                emptyToNull(text(core, "language")), null, null, List.of());
    }

    private static String text(XmlElement core, String name) {
        var element = core.first(name);
        return element == null ? "" : element.text();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
