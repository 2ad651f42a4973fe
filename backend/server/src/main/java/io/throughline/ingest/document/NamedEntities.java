package io.throughline.ingest.document;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/// The named characters that the public DTDs of articles promise (`&minus;`, `&mgr;`, `&b.alpha;`): the ISO 8879 and
/// ISO 9573-13 sets as W3C's “XML Entity Definitions for Characters” gives them. Most of them are those of HTML, whose
/// table comes with the HTML parser; the Greek sets that HTML left out stand here. Nothing is ever fetched.
///
/// @param dtd declarations of just the names one file refers to, to stand in for its DTD
/// @param unknown names it refers to that no set has
record NamedEntities(String dtd, Set<String> unknown) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]{0,100}+;");
    /// Where an ampersand is only a letter, by its beginning and end.
    private static final Map<String, String> LITERAL = Map.of("<!--", "-->", "<![CDATA[", "]]>", "<?", "?>");
    private static final Set<String> OF_XML = Set.of("amp", "lt", "gt", "quot", "apos");

    /// ISOgrk1 and ISOgrk2: letters of running Greek text.
    private static final String GREEK = """
            agr α Agr Α bgr β Bgr Β ggr γ Ggr Γ dgr δ Dgr Δ egr ε Egr Ε zgr ζ Zgr Ζ eegr η EEgr Η thgr θ THgr Θ igr ι Igr Ι
            kgr κ Kgr Κ lgr λ Lgr Λ mgr μ Mgr Μ ngr ν Ngr Ν xgr ξ Xgr Ξ ogr ο Ogr Ο pgr π Pgr Π rgr ρ Rgr Ρ sgr σ Sgr Σ sfgr ς
            tgr τ Tgr Τ ugr υ Ugr Υ phgr φ PHgr Φ khgr χ KHgr Χ psgr ψ PSgr Ψ ohgr ω OHgr Ω
            aacgr ά Aacgr Ά eacgr έ Eacgr Έ eeacgr ή EEacgr Ή idigr ϊ Idigr Ϊ iacgr ί Iacgr Ί idiagr ΐ oacgr ό Oacgr Ό
            udigr ϋ Udigr Ϋ uacgr ύ Uacgr Ύ udiagr ΰ ohacgr ώ OHacgr Ώ
            """;
    /// ISOgrk4: bold letters of formulas. The bold is lost, the letter is not.
    private static final String BOLD_GREEK = """
            alpha α beta β chi χ Delta Δ delta δ epsi ε epsiv ϵ eta η Gamma Γ gamma γ Gammad Ϝ gammad ϝ iota ι kappa κ kappav ϰ
            Lambda Λ lambda λ mu μ nu ν Omega Ω omega ω Phi Φ phi φ phiv ϕ Pi Π pi π piv ϖ Psi Ψ psi ψ rho ρ rhov ϱ Sigma Σ
            sigma σ sigmav ς tau τ Theta Θ thetas θ thetav ϑ Upsi ϒ upsi υ Xi Ξ xi ξ zeta ζ
            """;

    private static final Map<String, String> EXTRA = extra();

    private static Map<String, String> extra() {
        var all = new HashMap<String, String>();
        var greek = GREEK.strip().split("\\s+");
        for (var i = 0; i < greek.length; i += 2) {
            all.put(greek[i], greek[i + 1]);
        }
        var bold = BOLD_GREEK.strip().split("\\s+");
        for (var i = 0; i < bold.length; i += 2) {
            all.put("b." + bold[i], bold[i + 1]);
        }
        return Map.copyOf(all);
    }

    private static @Nullable String find(String name) {
        var extra = EXTRA.get(name);
        if (extra != null) {
            return extra;
        }
        var known = Entities.getByName(name);
        return known.isEmpty() ? null : known;
    }

    static NamedEntities of(byte[] file) {
        var names = new LinkedHashSet<String>();
        var unknown = new LinkedHashSet<String>();
        for (var name : referred(new String(file, charset(file)))) {
            (find(name) == null ? unknown : names).add(name);
        }
        var dtd = new StringBuilder();
        for (var name : names) {
            dtd.append("<!ENTITY ").append(name).append(" \"");
            // Twice escaped where markup could arise: a declaration is read once, its value again where it is used.
            Objects.requireNonNull(find(name)).codePoints().forEach(it -> dtd.append(it == '&' || it == '<' ? "&#38;#" : "&#").append(it).append(';'));
            dtd.append("\">\n");
        }
        return new NamedEntities(dtd.toString(), unknown);
    }

    private static Set<String> referred(String text) {
        var names = new LinkedHashSet<String>();
        var matcher = NAME.matcher(text);
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '&' && matcher.region(at + 1, text.length()).lookingAt()) {
                names.add(text.substring(at + 1, matcher.end() - 1));
                at = matcher.end() - 1;
            } else if (c == '<') {
                at = endOfLiteral(text, at);
            }
        }
        names.removeAll(OF_XML);
        return names;
    }

    private static int endOfLiteral(String text, int at) {
        for (var literal : LITERAL.entrySet()) {
            if (text.startsWith(literal.getKey(), at)) {
                var end = text.indexOf(literal.getValue(), at);
                return end < 0 ? text.length() : end;
            }
        }
        return at;
    }

    /// What an unknown name stood for can't be told, and a dose without its unit is worse than no text.
    static Refused refused(String name) {
        return Refused.broken("The file uses the named character “&%s;”, which no public entity set knows, so its text can't be read whole."
                .formatted(name.length() > 40 ? name.substring(0, 40) + "…" : name));
    }

    /// Markup is the same bytes in all encodings but UTF-16.
    private static Charset charset(byte[] file) {
        if (file.length < 2) {
            return StandardCharsets.ISO_8859_1;
        }
        if ((file[0] & 0xFF) == 0xFE && (file[1] & 0xFF) == 0xFF || file[0] == 0) {
            return StandardCharsets.UTF_16BE;
        }
        return (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xFE || file[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
    }
}
