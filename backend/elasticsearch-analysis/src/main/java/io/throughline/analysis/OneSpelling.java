package io.throughline.analysis;

import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;

/**
 * Writes words that Britain and America spell differently in one way, so that each finds the other. It is for comparing and
 * never shown, so that what comes out need not be a word: {@code size} becomes {@code sise} in texts and questions alike.
 *
 * <p>Takes words in small letters, before they are stemmed.
 */
final class OneSpelling extends TokenFilter {

    /** Beginnings, the longer before the shorter. Greek and Latin word stems, so that no ordinary word has them. */
    private static final List<Map.Entry<String, String>> BEGINNINGS = List.of(
            Map.entry("haem", "hem"), Map.entry("anaem", "anem"), Map.entry("anaes", "anes"), Map.entry("paed", "ped"), Map.entry("orthopaed", "orthoped"),
            Map.entry("gynaec", "gynec"), Map.entry("caesar", "cesar"), Map.entry("caec", "cec"), Map.entry("faec", "fec"), Map.entry("foet", "fet"),
            Map.entry("oed", "ed"), Map.entry("oesoph", "esoph"), Map.entry("oestr", "estr"), Map.entry("coeliac", "celiac"), Map.entry("homoeo", "homeo"),
            Map.entry("aetio", "etio"), Map.entry("archaeo", "archeo"), Map.entry("palaeo", "paleo"), Map.entry("sulph", "sulf"),
            Map.entry("aluminium", "aluminum"), Map.entry("manoeuv", "maneuv"), Map.entry("grey", "gray"), Map.entry("mould", "mold"),
            Map.entry("sceptic", "skeptic"), Map.entry("programme", "program"), Map.entry("practis", "practic"), Map.entry("licens", "licenc"),
            Map.entry("defens", "defenc"), Map.entry("offens", "offenc"), Map.entry("ageing", "aging"), Map.entry("enrolment", "enrollment"),
            Map.entry("fulfill", "fulfil"), Map.entry("skillful", "skilful"), Map.entry("judgement", "judgment"));

    /** Parts inside a word. */
    private static final List<Map.Entry<String, String>> PARTS = List.of(
            Map.entry("aemi", "emi"), Map.entry("aemo", "emo"), Map.entry("oedem", "edem"), Map.entry("rrhoe", "rrhe"), Map.entry("pnoe", "pne"),
            Map.entry("oestr", "estr"), Map.entry("oesoph", "esoph"), Map.entry("haem", "hem"), Map.entry("paed", "ped"), Map.entry("anaes", "anes"),
            Map.entry("paenia", "penia"), Map.entry("lour", "lor"), Map.entry("mour", "mor"), Map.entry("viour", "vior"), Map.entry("vour", "vor"),
            Map.entry("bour", "bor"), Map.entry("pour", "por"), Map.entry("gour", "gor"), Map.entry("dour", "dor"), Map.entry("yze", "yse"),
            Map.entry("yzi", "ysi"), Map.entry("yza", "ysa"), Map.entry("sulph", "sulf"));

    /** Endings of verbs and what is made of them: {@code randomized} is {@code randomised}. */
    private static final List<String> Z_ENDINGS = List.of("ize", "ized", "izes", "izing", "izer", "izers", "ization", "izations");

    /** Endings that are written with {@code re} in Britain. */
    private static final List<Map.Entry<String, String>> ENDINGS = List.of(
            Map.entry("centre", "center"), Map.entry("centres", "centers"), Map.entry("litre", "liter"), Map.entry("litres", "liters"),
            Map.entry("metre", "meter"), Map.entry("metres", "meters"), Map.entry("fibre", "fiber"), Map.entry("fibres", "fibers"),
            Map.entry("titre", "titer"), Map.entry("titres", "titers"), Map.entry("calibre", "caliber"), Map.entry("theatre", "theater"),
            Map.entry("theatres", "theaters"), Map.entry("logue", "log"), Map.entry("logues", "logs"),
            Map.entry("elling", "eling"), Map.entry("elled", "eled"), Map.entry("ellings", "elings"), Map.entry("eller", "eler"), Map.entry("ellers", "elers"),
            Map.entry("nalling", "naling"), Map.entry("nalled", "naled"), Map.entry("cancelling", "canceling"), Map.entry("cancelled", "canceled"));

    /** Texts repeat their words: most are known by then, and none is looked at ninety times over again. */
    private static final int MOST_KNOWN = 8_192;

    private final CharArrayMap<String> known = new CharArrayMap<>(1_024, false);
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);

    OneSpelling(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws java.io.IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (!keyword.isKeyword() && term.length() > 3 && isWord()) {
            var one = known.get(term.buffer(), 0, term.length());
            if (one == null) {
                one = remember(term.toString());
            }
            if (!one.isEmpty()) {
                term.setEmpty().append(one);
            }
        }
        return true;
    }

    /** Empty for a word that has one spelling only. */
    private String remember(String word) {
        var one = of(word);
        if (known.size() == MOST_KNOWN) {
            known.clear();
        }
        known.put(word, one.equals(word) ? "" : one);
        return one.equals(word) ? "" : one;
    }

    private boolean isWord() {
        for (int i = 0; i < term.length(); i++) {
            char letter = term.charAt(i);
            if (letter < 'a' || letter > 'z') {
                return false;
            }
        }
        return true;
    }

    /** The one spelling of a word in small letters. */
    static String of(String word) {
        var one = word;
        for (var it : BEGINNINGS) {
            if (one.startsWith(it.getKey())) {
                one = it.getValue() + one.substring(it.getKey().length());
                break;
            }
        }
        for (var it : PARTS) {
            if (one.length() > it.getKey().length() && one.indexOf(it.getKey(), 1) > 0) {
                one = one.charAt(0) + one.substring(1).replace(it.getKey(), it.getValue());
            }
        }
        for (var ending : Z_ENDINGS) {
            if (one.endsWith(ending) && one.length() > ending.length() + 1) {
                return one.substring(0, one.length() - ending.length() + 1) + 's' + ending.substring(2);
            }
        }
        for (var it : ENDINGS) {
            if (one.endsWith(it.getKey())) {
                return one.substring(0, one.length() - it.getKey().length()) + it.getValue();
            }
        }
        return one;
    }
}
