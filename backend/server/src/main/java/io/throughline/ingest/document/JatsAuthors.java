package io.throughline.ingest.document;

import static io.throughline.ingest.document.JatsReferences.firstOf;
import static io.throughline.ingest.document.JatsReferences.text;

import io.throughline.ingest.document.ParsedDocument.Author;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The people and groups an article names: as many authors as the source says, also where two have one name.
record JatsAuthors(XmlElement meta, @Nullable String language, JatsContext context) {

    /// Languages whose own script is not Latin; an article in one of them keeps the names in that script.
    private static final Set<String> OTHER_SCRIPTS =
            Set.of("ja", "zh", "ko", "ru", "uk", "be", "bg", "sr", "mk", "el", "ar", "fa", "he", "ur", "hi", "th", "hy", "ka");

    List<Author> read() {
        var authors = new ArrayList<Author>();
        for (var group : meta.elements("contrib-group")) {
            for (var contributor : group.elements("contrib")) {
                var type = contributor.attribute("contrib-type");
                if (type == null || type.toLowerCase(Locale.ROOT).startsWith("author")) {
                    author(contributor, authors);
                } else {
                    context.leaveOutWords("contributors who are not authors", contributorName(contributor) + " (" + type + ")");
                }
                contributor.elements("bio").forEach(it -> context.leaveOutWords("biographies of authors", JatsText.of(it)));
            }
        }
        var seen = new HashSet<Author>();
        var named = new ArrayList<Author>();
        for (var author : authors) {
            if (seen.add(author)) {
                named.add(author);
            } else if (author.orcid() == null && author.family() != null) {
                named.add(author);
                context.warn("The source names “%s” more than once as author; each was kept, check that they are different people."
                        .formatted((author.given() == null ? "" : author.given() + " ") + author.family()));
            }
        }
        return List.copyOf(named);
    }

    private String contributorName(XmlElement contributor) {
        var name = name(contributor, language);
        if (name == null) {
            return JatsText.of(firstOf(contributor.first("collab"), contributor));
        }
        var given = text(name, "given-names");
        var family = text(name, "surname");
        return family == null ? JatsText.of(name) : given == null ? family : given + " " + family;
    }

    /// Where a name stands in several scripts, the one that readers of the article's language can read.
    static @Nullable XmlElement name(XmlElement parent, @Nullable String language) {
        var alone = parent.first("name");
        if (alone != null) {
            return alone;
        }
        var alternatives = parent.first("name-alternatives");
        return alternatives == null ? parent.first("string-name") : alternative(alternatives, language);
    }

    static @Nullable XmlElement alternative(XmlElement alternatives, @Nullable String language) {
        var all = alternatives.elements("name", "string-name");
        var own = language == null ? "" : language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        if (OTHER_SCRIPTS.contains(own)) {
            return all.stream().filter(it -> own.equals(it.attribute("lang"))).findFirst().orElse(all.isEmpty() ? null : all.getFirst());
        }
        return all.stream().filter(JatsAuthors::isLatin).findFirst().orElse(all.isEmpty() ? null : all.getFirst());
    }

    private static boolean isLatin(XmlElement name) {
        return name.text().codePoints().filter(Character::isLetter).allMatch(it -> Character.UnicodeScript.of(it) == Character.UnicodeScript.LATIN);
    }

    private void author(XmlElement contributor, List<Author> authors) {
        var orcid = contributor.elements("contrib-id", "ext-link", "uri").stream()
                .map(it -> firstOf(Identifiers.findOrcid(it.text()), Identifiers.findOrcid(it.attribute("href"))))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        var name = name(contributor, language);
        if (name != null && name.first("surname") != null && text(name, "surname") != null) {
            var suffix = text(name, "suffix");
            authors.add(new Author(text(name, "surname") + (suffix == null ? "" : " " + suffix), text(name, "given-names"), orcid, null));
        } else if (name != null && !JatsText.of(name).isEmpty()) {
            authors.add(new Author(JatsText.of(name), null, orcid, null));
        } else if (contributor.first("anonymous") != null) {
            var said = JatsText.of(contributor.first("anonymous"));
            authors.add(new Author(null, null, null, said.isEmpty() ? "Anonymous" : said));
        }
        var group = firstOf(contributor.first("collab"), contributor.at("collab-alternatives", "collab"));
        if (group != null) {
            // The members of a group are listed inside it; the group signs.
            var own = new XmlElement("collab", java.util.Map.of());
            group.content().stream()
                    .filter(it -> !(it instanceof XmlElement element) || !element.is("contrib-group", "fn", "xref", "aff", "address"))
                    .forEach(own::add);
            var text = JatsText.of(own);
            if (!text.isEmpty()) {
                authors.add(new Author(null, null, null, text));
            }
        }
    }
}
