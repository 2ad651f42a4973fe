package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.BlockChange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A place in a text, by its words and the words around it (W3C Web Annotation TextQuoteSelector).
/// White space counts as one space: a line break is the renderer's choice, not the author's.
record QuoteAnchor(String quote, String prefix, String suffix) {

    /// Characters kept on either side of a quote, or more where these don't tell its place from another.
    static final int CONTEXT = 32;
    /// No more than so many are kept: a place that these don't tell from another can't be annotated alone.
    static final int LONGEST_CONTEXT = 2048;

    QuoteAnchor {
        quote = squeezed(quote).strip();
        prefix = squeezed(prefix);
        suffix = squeezed(suffix);
        if (quote.isEmpty()) {
            throw new IllegalArgumentException("an anchor needs a quote");
        }
    }

    /// Whether the place is still there: the quote between its words before it and its words after it, once.
    ///
    /// RV-5: words that survive in another context may be another statement. The nearest equal words would often be
    /// right, and silently wrong the other times; so an annotation without both sides of its context is orphaned.
    boolean isIn(String text) {
        var plain = squeezed(text);
        return only(between(plain)).isPresent();
    }

    /// The block of a text that it [#isIn] where its place is: the one that agrees with the words on both sides, and of several such the one
    /// at the place's turn. Empty where the blocks don't tell, as in a line that the market adds.
    ///
    /// @param blocks of that text, in reading order
    /// @return place in `blocks`, from 0
    Optional<Integer> blockIn(String text, List<Block> blocks) {
        var plain = squeezed(text);
        var place = only(between(plain));
        if (place.isEmpty()) {
            return Optional.empty();
        }
        var joined = new StringBuilder();
        var starts = new TreeMap<Integer, Integer>();
        for (var i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).isText()) {
                starts.put(joined.length(), i);
                joined.append(squeezed(blocks.get(i).text()).strip()).append(' ');
            }
        }
        var words = joined.toString();
        var all = occurrences(words);
        var fitting = all.stream().filter(at -> fitsItsBlock(words, at, starts)).toList();
        var found = only(fitting);
        if (found.isEmpty() && all.size() == occurrences(plain).size()) {
            found = Optional.of(all.get(occurrences(plain).indexOf(place.get()))).filter(fitting::contains);
        }
        return found.map(at -> starts.floorEntry(at).getValue());
    }

    /// As far as its block goes, the words around it are those that the anchor knows.
    private boolean fitsItsBlock(String words, int at, NavigableMap<Integer, Integer> starts) {
        var end = at + quote.length();
        var next = starts.ceilingKey(end);
        var before = words.substring(starts.floorKey(at), at).stripTrailing();
        var after = words.substring(end, next == null ? words.length() : next).strip();
        var known = prefix.strip();
        var following = suffix.strip();
        return (before.endsWith(known) || known.endsWith(before)) && (after.startsWith(following) || following.startsWith(after));
    }

    /// Where the quote is after an edit that it came through in its own block: the one block that held it is still there, and the edit left
    /// the quoted words alone. Empty: it did not come through.
    ///
    /// @return place among the blocks after the edit, from 0
    Optional<Integer> cameThrough(List<BlockChange> edit) {
        var holders = edit.stream().filter(it -> !occurrences(squeezed(before(it))).isEmpty()).toList();
        if (holders.size() != 1 || occurrences(squeezed(before(holders.getFirst()))).size() != 1) {
            return Optional.empty();
        }
        var holder = holders.getFirst();
        return switch (holder.kind()) {
            case UNCHANGED, CHANGED -> keeps(holder.words())
                    ? Optional.of((int) edit.stream().takeWhile(it -> it != holder).filter(it -> it.kind() != BlockChange.Kind.REMOVED).count())
                    : Optional.empty();
            case ADDED, REMOVED -> Optional.empty();
        };
    }

    /// The quoted words stayed, and so did what touches them: `5 mg` did not stay where `7.5 mg` came.
    private boolean keeps(List<BlockChange.WordOp> words) {
        for (var i = 0; i < words.size(); i++) {
            var run = squeezed(words.get(i).text());
            var first = i == 0;
            var last = i == words.size() - 1;
            if (words.get(i).op() == BlockChange.Op.SAME
                    && occurrences(run).stream().anyMatch(at -> (at > 0 || first) && (at + quote.length() < run.length() || last))) {
                return true;
            }
        }
        return false;
    }

    private static String before(BlockChange change) {
        return change.words().stream().filter(it -> it.op() != BlockChange.Op.INS).map(BlockChange.WordOp::text).collect(Collectors.joining());
    }

    /// This quote with as much of the context it really has in the text as makes its place unique: found in its given context, or
    /// else because it occurs only once. Empty where several places fit.
    Optional<QuoteAnchor> anchoredIn(String text) {
        var plain = squeezed(text);
        return place(plain).flatMap(at -> {
            for (var context = CONTEXT; context <= LONGEST_CONTEXT; context *= 2) {
                var anchor = new QuoteAnchor(quote, plain.substring(Math.max(0, at - context), at),
                        plain.substring(at + quote.length(), Math.min(plain.length(), at + quote.length() + context)));
                if (anchor.isIn(plain)) {
                    return Optional.of(anchor);
                }
            }
            return Optional.empty();
        });
    }

    /// Where a person who reads this very text means: they may have given a part of the context only.
    private Optional<Integer> place(String plain) {
        var all = occurrences(plain);
        var both = between(plain);
        if (!both.isEmpty()) {
            return only(both);
        }
        var one = all.stream().filter(at -> !prefix.isBlank() && follows(plain, at) || !suffix.isBlank() && precedes(plain, at)).toList();
        return only(one.isEmpty() ? all : one);
    }

    private List<Integer> between(String plain) {
        return occurrences(plain).stream().filter(at -> follows(plain, at) && precedes(plain, at)).toList();
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

    /// The marks that blocks set around a claim's words are ours, not the author's.
    private static String squeezed(String text) {
        return text.replaceAll("[❝❞]", "").replaceAll("[\\s\\u00a0]+", " ");
    }
}
