package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.BlockChange;
import io.throughline.review.ComparedText.Span;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A place in a text, by its words and the words around it (W3C Web Annotation TextQuoteSelector).
/// Compared as [ComparedText] says, since a selection is of the page and the text is plain; kept with white space as one space.
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
        return only(between(ComparedText.of(text))).isPresent();
    }

    /// Whether the quote stands in the text at all, in whatever context.
    boolean occursIn(String text) {
        return !occurrences(ComparedText.of(text)).isEmpty();
    }

    /// The block of a text that it [#isIn] where its place is: the one that agrees with the words on both sides, and of several such the one
    /// at the place's turn. Empty where the blocks don't tell, as in a line that the market adds.
    ///
    /// @param blocks of that text, in reading order
    /// @return place in `blocks`, from 0
    Optional<Integer> blockIn(String text, List<Block> blocks) {
        var plain = ComparedText.of(text);
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
        var all = occurrences(ComparedText.of(words));
        var fitting = all.stream().filter(at -> fitsItsBlock(words, at, starts)).toList();
        var found = only(fitting);
        if (found.isEmpty() && all.size() == occurrences(plain).size()) {
            found = Optional.of(all.get(occurrences(plain).indexOf(place.get()))).filter(fitting::contains);
        }
        return found.map(at -> starts.floorEntry(at.from()).getValue());
    }

    /// As far as its block goes, the words around it are those that the anchor knows.
    private boolean fitsItsBlock(String words, Span at, NavigableMap<Integer, Integer> starts) {
        var next = starts.ceilingKey(at.until());
        var before = ComparedText.of(words.substring(starts.floorKey(at.from()), at.from()));
        var after = ComparedText.of(words.substring(at.until(), next == null ? words.length() : next));
        var known = ComparedText.of(prefix);
        var following = ComparedText.of(suffix);
        return (before.endsWith(known) || known.endsWith(before)) && (after.startsWith(following) || following.startsWith(after));
    }

    /// Where the quote is after an edit that it came through in its own block: the one block that held it is still there, and the edit left
    /// the quoted words alone. Empty: it did not come through.
    ///
    /// @return place among the blocks after the edit, from 0
    Optional<Integer> cameThrough(List<BlockChange> edit) {
        var holders = edit.stream().filter(it -> occursIn(before(it))).toList();
        if (holders.size() != 1 || occurrences(ComparedText.of(before(holders.getFirst()))).size() != 1) {
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
            var run = words.get(i).text();
            var first = i == 0;
            var last = i == words.size() - 1;
            if (words.get(i).op() == BlockChange.Op.SAME
                    && occurrences(ComparedText.of(run)).stream().anyMatch(at -> (at.from() > 0 || first) && (at.until() < run.length() || last))) {
                return true;
            }
        }
        return false;
    }

    private static String before(BlockChange change) {
        return change.words().stream().filter(it -> it.op() != BlockChange.Op.INS).map(BlockChange.WordOp::text).collect(Collectors.joining());
    }

    /// This quote, in the text's own words, with as much of the context it really has there as makes its place unique: found in its given
    /// context, or else because it occurs only once. Empty where several places fit.
    Optional<QuoteAnchor> anchoredIn(String text) {
        var plain = squeezed(text);
        return place(ComparedText.of(plain)).map(at -> asWritten(plain, at)).flatMap(at -> {
            for (var context = CONTEXT; context <= LONGEST_CONTEXT; context *= 2) {
                var anchor = new QuoteAnchor(plain.substring(at.from(), at.until()), plain.substring(Math.max(0, at.from() - context), at.from()),
                        plain.substring(at.until(), Math.min(plain.length(), at.until() + context)));
                if (anchor.isIn(plain)) {
                    return Optional.of(anchor);
                }
            }
            return Optional.empty();
        });
    }

    /// With the brackets and marks at its ends that the quote has too.
    private Span asWritten(String plain, Span at) {
        int from = plain.indexOf(quote, Math.max(0, at.from() - quote.length()));
        return from >= 0 && from <= at.from() && from + quote.length() >= at.until() ? new Span(from, from + quote.length(), at.place(), at.end()) : at;
    }

    /// Where a person who reads this very text means: they may have given a part of the context only.
    private Optional<Span> place(ComparedText plain) {
        var both = between(plain);
        if (!both.isEmpty()) {
            return only(both);
        }
        var all = occurrences(plain);
        var before = ComparedText.of(prefix);
        var after = ComparedText.of(suffix);
        var one = all.stream().filter(at -> !before.isEmpty() && plain.stands(at, before) || !after.isEmpty() && plain.goesOn(at, after)).toList();
        return only(one.isEmpty() ? all : one);
    }

    private List<Span> between(ComparedText plain) {
        var before = ComparedText.of(prefix);
        var after = ComparedText.of(suffix);
        return occurrences(plain).stream().filter(at -> plain.stands(at, before) && plain.goesOn(at, after)).toList();
    }

    private List<Span> occurrences(ComparedText plain) {
        return plain.placesOf(ComparedText.of(quote));
    }

    private static Optional<Span> only(List<Span> places) {
        return places.size() == 1 ? Optional.of(places.getFirst()) : Optional.empty();
    }

    /// The marks that blocks set around a claim's words are ours, not the author's.
    private static String squeezed(String text) {
        return text.replaceAll("[❝❞]", "").replaceAll("[\\s\\u00a0]+", " ");
    }
}
