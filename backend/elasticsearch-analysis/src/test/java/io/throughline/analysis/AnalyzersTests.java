package io.throughline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzersTests {

    private final Analyzer text = new TextAnalyzerFactory().create();
    private final Analyzer keyword = new KeywordAnalyzerFactory().create();
    private final Analyzer prefix = new PrefixAnalyzerFactory().create();
    private final Analyzer prefixQuery = new PrefixQueryAnalyzerFactory().create();

    @Test
    void readsPluralsPossessivesAndAccentsAsOneWord() throws IOException {
        assertThat(terms(text, "Patients' trials; the patient's trial"))
                .containsExactly("patient", "trial", "patient", "trial");
        assertThat(terms(text, "Sjögren’s naïve")).containsExactly("sjogren", "naive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"haemoglobin hemoglobin", "tumour tumor", "tumours tumors", "randomised randomized", "randomisation randomization", "oedema edema",
        "anaemia anemia", "hypoglycaemia hypoglycemia", "paediatric pediatric", "oesophageal esophageal", "oestrogen estrogen", "diarrhoea diarrhea",
        "dyspnoea dyspnea", "leukaemia leukemia", "ischaemic ischemic", "analyse analyze", "analysed analyzed", "hospitalised hospitalized", "behaviour behavior",
        "centre center", "litres liters", "fibre fiber", "titre titer", "labelled labeled", "modelling modeling", "counselling counseling", "sulphate sulfate",
        "aetiology etiology", "anaesthesia anesthesia", "orthopaedic orthopedic", "gynaecology gynecology", "foetal fetal", "practise practice",
        "haematology hematology", "caesarean cesarean", "programme program", "analogue analog", "neutropaenia neutropenia", "coeliac celiac"})
    void readsBritishAndAmericanSpellingAsOneWord(String pair) throws IOException {
        var both = pair.split(" ");
        assertThat(terms(text, both[0])).isEqualTo(terms(text, both[1]));
    }

    @Test
    void leavesWordsApartThatOnlyLookAlike() throws IOException {
        assertThat(terms(text, "precise")).isNotEqualTo(terms(text, "price"));
        assertThat(terms(text, "hour four tour")).containsExactly("hour", "four", "tour");
        assertThat(terms(text, "IL6 CYP2C19 10mg")).containsExactly("il6", "cyp2c19", "10mg");
    }

    @Test
    void dropsWhatAQuestionIsAskedWith() throws IOException {
        assertThat(terms(text, "Does reflexology reduce pain in nurses?")).containsExactly("reflexology", "reduce", "pain", "nurse");
    }

    @Test
    void keepsNegationsBecauseTheyTurnTheMeaning() throws IOException {
        assertThat(terms(text, "is not indicated in the elderly")).containsExactly("not", "indicate", "elderly");
    }

    @Test
    void keepsTheLetterOfHepatitisAButDropsTheArticle() throws IOException {
        assertThat(terms(text, "a vaccine for hepatitis A")).containsExactly("vaccine", "hepatitis", "a");
    }

    @Test
    void spellsGreekLettersHoweverTheyAreJoined() throws IOException {
        var spelled = List.of("tnf", "alpha");
        assertThat(terms(text, "TNF-α")).isEqualTo(spelled);
        assertThat(terms(text, "TNFα")).isEqualTo(spelled);
        assertThat(terms(text, "TNF alpha")).isEqualTo(spelled);
        assertThat(terms(text, "TNF-Α")).as("capital alpha").isEqualTo(spelled);
    }

    @Test
    void readsTheMicroSignAndTheLetterMuAlike() throws IOException {
        assertThat(terms(text, "5 \u00b5g")).isEqualTo(terms(text, "5 \u03bcg")).containsExactly("5", "mug");
    }

    @Test
    void leavesThreeGreekLettersInARowAsGreekProse() throws IOException {
        assertThat(terms(text, "αβ")).containsExactly("alpha", "beta");
        assertThat(terms(text, "και")).containsExactly("και");
    }

    @Test
    void pointsHighlightsAtWhatTheAuthorWrote() throws IOException {
        assertThat(spans(text, "IFNγ in β2 cells")).containsExactly("IFN", "γ", "β2", "cells");
        assertThat(spans(text, "α and Ω of blockers")).containsExactly("α", "Ω", "blockers");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_019, 1_020, 1_024, 2_048, 5_000, 70_000})
    void readsTextsOfEveryLength(int length) throws IOException {
        var before = "x ".repeat(length / 2) + "y".repeat(length % 2);
        assertThat(terms(text, before)).hasSize((length + 1) / 2);
        assertThat(terms(text, before + " TNFα")).endsWith("tnf", "alpha").hasSize((length + 1) / 2 + 2);
        assertThat(spans(text, before + " α ends")).endsWith("α", "ends");
    }

    @Test
    void takesANameAsOneTermWithoutCaseAccentsAndOuterBlanks() throws IOException {
        assertThat(terms(keyword, "  Ménière’s Disease ")).containsExactly("meniere's disease");
        assertThat(terms(keyword, "PPAR-γ")).containsExactly("ppar-gamma");
    }

    @Test
    void storesBeginningsFromTwoToFifteenCharacters() throws IOException {
        assertThat(terms(prefix, "Émis")).containsExactly("em", "emi", "emis");
        assertThat(terms(prefix, "a")).isEmpty();
        assertThat(terms(prefix, "1234567890123456")).hasSize(14).endsWith("123456789012345");
    }

    @Test
    void findsALongWordByItsFirstFifteenCharacters() throws IOException {
        var typed = terms(prefixQuery, "Immunoglobulinopathy");
        assertThat(typed).containsExactly("immunoglobulino");
        assertThat(terms(prefix, "immunoglobulinopathies")).containsAll(typed);
    }

    private static List<String> terms(Analyzer analyzer, String text) throws IOException {
        var terms = new ArrayList<String>();
        try (var stream = analyzer.tokenStream("field", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return terms;
    }

    private static List<String> spans(Analyzer analyzer, String text) throws IOException {
        var spans = new ArrayList<String>();
        try (var stream = analyzer.tokenStream("field", text)) {
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                spans.add(text.substring(offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        }
        return spans;
    }
}
