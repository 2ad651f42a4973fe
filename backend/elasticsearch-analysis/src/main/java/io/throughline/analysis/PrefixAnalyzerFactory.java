package io.throughline.analysis;

import java.io.Reader;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.AnalyzerFactory;

/** Search as you type, at index time: every beginning of 2 to 15 characters of each word. */
@NamedComponent("tl_prefix")
public class PrefixAnalyzerFactory implements AnalyzerFactory {

    static final int SHORTEST = 2;
    static final int LONGEST = 15;

    @Override
    public Analyzer create() {
        return new Analyzer() {
            @Override
            protected Reader initReader(String field, Reader text) {
                return new GreekSpelling(text);
            }

            @Override
            protected TokenStreamComponents createComponents(String field) {
                var words = new StandardTokenizer();
                return new TokenStreamComponents(words, new EdgeNGramTokenFilter(Words.folded(words), SHORTEST, LONGEST, false));
            }
        };
    }
}
