package io.throughline.ingest.document;

import io.throughline.ingest.document.ParsedDocument.Author;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Authors as a file's properties name them, in one line and in no fixed form: `Rowan, Ida; Ashe, Tom`,
/// `Elin Quist, Paul Hollis and Ana Braga`.
final class PropertyAuthors {

    private static final Pattern BETWEEN = Pattern.compile("(?iU)\\s*(?:[;&|\\n]|,?\\s+and\\s+)\\s*");
    private static final Pattern INITIALS = Pattern.compile("(?U)(?:\\p{Lu}\\.?[\\s-]?){1,4}");
    private static final Set<String> DEGREES = Set.of("md", "phd", "msc", "bsc", "mph", "frcp", "pharmd", "jr", "sr", "jr.", "sr.", "ii", "iii", "dr", "m.d.", "ph.d.", "rn", "mbbs", "ma");

    private PropertyAuthors() {}

    /// Word keeps the name of the account there, so it needs a look.
    static List<Author> read(String names, Collection<String> warnings) {
        var authors = new ArrayList<Author>();
        for (var part : BETWEEN.split(names.strip())) {
            people(part.strip()).forEach(it -> {
                var author = author(it);
                if (author != null) {
                    authors.add(author);
                }
            });
        }
        if (!authors.isEmpty()) {
            warnings.add("The authors are those of the file's properties; check them.");
        }
        return authors;
    }

    /// A comma stands between family and given name of one person, or between people: people have names of two words.
    private static List<String> people(String part) {
        var pieces = new ArrayList<String>();
        for (var piece : part.split("\\s*,\\s*")) {
            if (!piece.isEmpty() && !DEGREES.contains(piece.toLowerCase(java.util.Locale.ROOT))) {
                pieces.add(piece);
            }
        }
        if (pieces.size() < 2) {
            return pieces;
        }
        if (pieces.stream().allMatch(it -> it.contains(" "))) {
            return pieces;
        }
        if (pieces.size() % 2 == 0 && isPairs(pieces)) {
            var pairs = new ArrayList<String>();
            for (var i = 0; i < pieces.size(); i += 2) {
                pairs.add(pieces.get(i) + ", " + pieces.get(i + 1));
            }
            return pairs;
        }
        return pieces.size() == 2 ? List.of(pieces.get(0) + ", " + pieces.get(1)) : pieces;
    }

    /// `Quist, E., Hollis, P.`: every second piece is initials.
    private static boolean isPairs(List<String> pieces) {
        for (var i = 1; i < pieces.size(); i += 2) {
            if (!INITIALS.matcher(pieces.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Author author(String name) {
        if (name.isEmpty()) {
            return null;
        }
        var comma = name.indexOf(',');
        if (comma > 0) {
            var given = name.substring(comma + 1).strip();
            return new Author(name.substring(0, comma).strip(), given.isEmpty() ? null : given, null, null);
        }
        var space = name.lastIndexOf(' ');
        return space < 0
                ? new Author(name, null, null, null)
                : new Author(name.substring(space + 1), name.substring(0, space), null, null);
    }
}
