package io.throughline.analysis;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The steps that the analyzers share. */
final class Words {

    /**
     * English words that carry no meaning in a search, or only ask. {@code no} and {@code not} are missing on purpose: "not indicated"
     * is the opposite of "indicated". {@code a} stands apart, see {@link Article}.
     */
    private static final CharArraySet STOP_WORDS = CharArraySet.unmodifiableSet(new CharArraySet(
            List.of("an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "of", "on",
                    "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will",
                    "with",
                    // what a question is asked with
                    "am", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "how", "should", "were", "what", "when", "where",
                    "which", "who", "whom", "whose", "why", "would"),
            false));

    private Words() {}

    static TokenStream folded(TokenStream words) {
        return new ASCIIFoldingFilter(new LowerCaseFilter(words));
    }

    static TokenStream meaningful(TokenStream words) {
        return new StopFilter(folded(new Article(new EnglishPossessiveFilter(words))), STOP_WORDS);
    }

    /** Drops the article. Only the small letter is one: the A of hepatitis A and vitamin A must stay. */
    private static final class Article extends FilteringTokenFilter {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

        Article(TokenStream words) {
            super(words);
        }

        @Override
        protected boolean accept() {
            return term.length() != 1 || term.charAt(0) != 'a';
        }
    }
}
