package io.throughline.analysis;

import java.io.Reader;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.AnalyzerFactory;

/** Names and codes as one term: the whole value in lower case without accents, surrounding blanks removed. */
@NamedComponent("tl_keyword_normal")
public class KeywordAnalyzerFactory implements AnalyzerFactory {

    @Override
    public Analyzer create() {
        return new Analyzer() {
            @Override
            protected Reader initReader(String field, Reader text) {
                return new GreekSpelling(text);
            }

            @Override
            protected TokenStreamComponents createComponents(String field) {
                var words = new KeywordTokenizer();
                return new TokenStreamComponents(words, new TrimFilter(Words.folded(words)));
            }
        };
    }
}
