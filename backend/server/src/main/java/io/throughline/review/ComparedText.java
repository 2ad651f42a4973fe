package io.throughline.review;

import io.throughline.shared.Invisible;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text in the one form in which selections are compared with it. A browser selects `109/L` where the plain text has `10⁹/L`, letters
/// of notes without their brackets, nothing between two cells; what differs between the two, and carries no word, is left out of both.
final class ComparedText {

    /// From inclusive, until exclusive, in the text as it was given; `place` and `end` are the same in its form.
    record Span(int from, int until, int place, int end) {}

    /// What plain text writes where a page shows raised, lowered or struck words, and round the numbers of citations and letters of notes.
    private static final String MARKS = "^_~[]()";
    private static final String HYPHENS = "\u2010\u2011\u2212";

    private final String text;
    private final String form;
    /// Where each character of the form stands in the text, and at the end where the text ends.
    private final int[] places;

    private ComparedText(String text, String form, int[] places) {
        this.text = text;
        this.form = form;
        this.places = places;
    }

    static ComparedText of(String text) {
        var form = new StringBuilder(text.length());
        var places = new int[text.length() + 1];
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            var folded = folded(text.codePointAt(at));
            if (form.length() + folded.length() >= places.length) {
                places = Arrays.copyOf(places, places.length * 2 + folded.length());
            }
            Arrays.fill(places, form.length(), form.length() + folded.length(), at);
            form.append(folded);
        }
        places[form.length()] = text.length();
        return new ComparedText(text, form.toString(), places);
    }

    /// Of one character: raised and lowered ones, ligatures and wide forms as the plain ones; nothing of what no word is made of.
    private static String folded(int character) {
        var out = new StringBuilder();
        var plain = character < 128 ? Character.toString(character)
                : Normalizer.normalize(Invisible.removed(Character.toString(character)), Normalizer.Form.NFKC);
        plain.codePoints().filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c) && MARKS.indexOf(c) < 0)
                .forEach(c -> out.appendCodePoint(HYPHENS.indexOf(c) >= 0 ? '-' : c));
        return out.toString();
    }

    boolean isEmpty() {
        return form.isEmpty();
    }

    boolean endsWith(ComparedText words) {
        return form.endsWith(words.form);
    }

    boolean startsWith(ComparedText words) {
        return form.startsWith(words.form);
    }

    /// Every place of these words, overlapping ones too.
    List<Span> placesOf(ComparedText words) {
        var found = new ArrayList<Span>();
        for (int at = words.isEmpty() ? -1 : form.indexOf(words.form); at >= 0; at = form.indexOf(words.form, at + 1)) {
            int end = at + words.form.length();
            int last = places[end - 1];
            found.add(new Span(places[at], last + Character.charCount(text.codePointAt(last)), at, end));
        }
        return found;
    }

    /// Whether a place stands directly behind these words; no words are the text's beginning.
    boolean stands(Span span, ComparedText behind) {
        return behind.isEmpty() ? span.place() == 0 : span.place() >= behind.form.length() && form.startsWith(behind.form, span.place() - behind.form.length());
    }

    /// Whether these words stand directly behind a place; no words are the text's end.
    boolean goesOn(Span span, ComparedText with) {
        return with.isEmpty() ? span.end() == form.length() : form.startsWith(with.form, span.end());
    }
}
