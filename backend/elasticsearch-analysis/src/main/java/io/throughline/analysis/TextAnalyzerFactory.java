package io.throughline.analysis;

import java.io.Reader;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.AnalyzerFactory;

/** Prose: words without possessives, accents and stop words, in one spelling, reduced to their dictionary form by KStem. */
@NamedComponent("tl_text")
public class TextAnalyzerFactory implements AnalyzerFactory {

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
                return new TokenStreamComponents(words, new KStemFilter(new OneSpelling(Words.meaningful(words))));
            }
        };
    }
}
