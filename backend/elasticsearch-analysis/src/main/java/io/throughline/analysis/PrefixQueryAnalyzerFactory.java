package io.throughline.analysis;

import java.io.Reader;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.AnalyzerFactory;

/** Search as you type, at search time: the words as typed, cut to the longest beginning that tl_prefix has stored. */
@NamedComponent("tl_prefix_query")
public class PrefixQueryAnalyzerFactory implements AnalyzerFactory {

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
                return new TokenStreamComponents(words, new TruncateTokenFilter(Words.folded(words), PrefixAnalyzerFactory.LONGEST));
            }
        };
    }
}
