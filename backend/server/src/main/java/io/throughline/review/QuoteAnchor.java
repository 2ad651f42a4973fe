package io.throughline.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place in a text, by its words and the words around it (W3C Web Annotation TextQuoteSelector).
/// White space counts as one space: a line break is the renderer's choice, not the author's.
record QuoteAnchor(String quote, String prefix, String suffix) {

    /// Characters kept on either side of a quote.
    static final int CONTEXT = 32;

    QuoteAnchor {
        quote = squeezed(quote).strip();
        prefix = squeezed(prefix);
        suffix = squeezed(suffix);
        if (quote.isEmpty()) {
            throw new IllegalArgumentException("an anchor needs a quote");
        }
    }

    /// Whether the place is still there: the quote with its words before or after it, once.
    ///
    /// RV-5: words that survive in another context may be another statement. The nearest equal words would often be
    /// right, and silently wrong the other times; so an annotation without its context is orphaned.
    boolean isIn(String text) {
        return place(squeezed(text)).isPresent();
    }

    /// This quote with the context it really has in the text: found in its given context, or else because it occurs only once.
    Optional<QuoteAnchor> anchoredIn(String text) {
        var plain = squeezed(text);
        var place = place(plain);
        if (place.isEmpty()) {
            var all = occurrences(plain);
            place = all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
        }
        return place.map(at -> new QuoteAnchor(quote,
                plain.substring(Math.max(0, at - CONTEXT), at),
                plain.substring(at + quote.length(), Math.min(plain.length(), at + quote.length() + CONTEXT))));
    }

    private Optional<Integer> place(String plain) {
        var all = occurrences(plain);
        var both = all.stream().filter(at -> follows(plain, at) && precedes(plain, at)).toList();
        if (!both.isEmpty()) {
            return only(both);
        }
        return only(all.stream()
                .filter(at -> !prefix.isBlank() && follows(plain, at) || !suffix.isBlank() && precedes(plain, at))
                .toList());
    }

    /// The place stands behind the prefix.
    private boolean follows(String plain, int at) {
        return prefix.isBlank() ? plain.substring(0, at).isBlank() : plain.substring(0, at).stripTrailing().endsWith(prefix.strip());
    }

    /// The place stands before the suffix.
    private boolean precedes(String plain, int at) {
        var rest = plain.substring(at + quote.length());
        return suffix.isBlank() ? rest.isBlank() : rest.stripLeading().startsWith(suffix.strip());
    }

    private List<Integer> occurrences(String plain) {
        var found = new ArrayList<Integer>();
        for (var at = plain.indexOf(quote); at >= 0; at = plain.indexOf(quote, at + 1)) {
            found.add(at);
        }
        return found;
    }

    private static Optional<Integer> only(List<Integer> places) {
        return places.size() == 1 ? Optional.of(places.getFirst()) : Optional.empty();
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\\u00a0]+", " ");
    }
}
