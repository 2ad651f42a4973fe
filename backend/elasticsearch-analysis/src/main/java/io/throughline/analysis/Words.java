package io.throughline.analysis;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/** The steps that the analyzers share. */
final class Words {

    /**
     * English words that carry no meaning in a search. {@code no} and {@code not} are missing on purpose: "not indicated"
     * is the opposite of "indicated". {@code a} stands apart, see {@link #ARTICLE}.
     */
    private static final CharArraySet STOP_WORDS = CharArraySet.unmodifiableSet(new CharArraySet(
            List.of("an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "of", "on",
                    "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will",
                    "with"),
            true));

    /** Only the small letter is an article: the A of hepatitis A and vitamin A must stay. */
    private static final CharArraySet ARTICLE = CharArraySet.unmodifiableSet(new CharArraySet(List.of("a"), false));

    private Words() {}

    static TokenStream folded(TokenStream words) {
        return new ASCIIFoldingFilter(new LowerCaseFilter(words));
    }

    static TokenStream meaningful(TokenStream words) {
        var withoutArticle = new StopFilter(new EnglishPossessiveFilter(words), ARTICLE);
        return new StopFilter(folded(withoutArticle), STOP_WORDS);
    }
}
