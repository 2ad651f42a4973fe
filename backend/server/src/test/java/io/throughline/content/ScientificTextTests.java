package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;

/// Whatever numbers, units, ranges, alleles, intervals, isotopes and doses are put together as people type them: every letter and digit
/// is there to be read, in order, and no two of them come together that were apart.
class ScientificTextTests {

    private static final RenderContext CONTEXT = new RenderContext(List.of("ref_a", "ref_b"), Map.of());
    private static final List<String> UNITS = List.of("mg", "µg/kg", "mL·min^-1·kg^-1", "/L", "mmol/L", "kg/m^2", "IU", "units/kg", "×10^9/L", "°C", "%", "mm Hg", "m^−2");
    private static final List<String> WORDS = List.of("mean", "and", "later", "or", "Cmax", "AUC_0-24", "IL-6", "TNF-α", "HbA1c", "p", "95% CI", "vs", "β-blocker", "n", "i.v.", "PaO~2~",
            "H~2~O", "C~max~", "10^9^/L", "Ca^2+^", "^14^C", "^99m^Tc", "CD4^+^", "x^2^y", "t~1/2~");
    private static final List<String> GENES = List.of("CYP2C19*2", "CYP2D6*4/*4", "*1/*17", "HLA-B*57:01", "HLA-A*31:01", "HLA-DRB1*15:01-DQB1*06:02", "DPYD*2A", "rs4244285", "SLCO1B1*5", "UGT1A1*28/*28");
    private static final List<String> SIGNS = List.of("=", "<", ">", "≤", "≥", "±", "−", "+", "×", "·", "~", "≈", "→", "*", "^", "_", "/", ":", "–", "-");

    @Test
    void everyLetterAndDigitThatIsTypedIsReadAndNothingIsJoined() {
        for (long seed = 0; seed < 6_000; seed++) {
            var random = new Random(seed);
            var typed = text(random);
            var rendered = Markdown.render(typed, CONTEXT);
            var tokens = tokens(typed);
            assertThat(tokens(rendered.plainText())).as("plain text of seed %d: %s", seed, typed).isEqualTo(tokens);
            var html = Jsoup.parse(rendered.html()).body();
            assertThat(tokens(words(html))).as("HTML of seed %d: %s: %s", seed, typed, rendered.html()).isEqualTo(tokens);
            assertThat(html.select("sup, sub").eachText()).as("scripts of seed %d: %s: %s", seed, typed, rendered.html()).allMatch(it -> SCRIPT.matcher(it).matches());
        }
    }

    private static final Pattern RAISED_OR_LOWERED = Pattern.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+");
    /// Nothing that was meant to go on behind a sign is raised with it.
    private static final Pattern SCRIPT = Pattern.compile("[+−-]?[\\p{L}\\p{N}]+(?:[.,]\\p{N}+)?[+−-]?|1/2|[+−-]");
    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{N}]+");

    private static String text(Random random) {
        var text = new StringBuilder("Text");
        int parts = 2 + random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            var gap = List.of(" ", " ", " ", " ", ", ", "; ", "/", "-", "–", " (", ") ", ",").get(random.nextInt(12));
            text.append(gap).append(part(random));
        }
        return text.append('.').toString();
    }

    private static String part(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> number(random) + "~" + number(random) + " " + any(random, UNITS);
            case 1 -> number(random) + " × 10^" + (1 + random.nextInt(9)) + any(random, List.of("", "/L", " cells", "-10^8", "/10^6"));
            case 2 -> "[" + random.nextInt(1, 9) + any(random, List.of("-", ",", "–", ", ")) + random.nextInt(9, 20) + "]";
            case 3 -> any(random, GENES);
            case 4 -> any(random, WORDS);
            case 5 -> number(random) + any(random, List.of(" ", "")) + any(random, UNITS);
            case 6 -> any(random, WORDS) + " " + any(random, SIGNS) + " " + number(random);
            case 7 -> number(random) + any(random, SIGNS) + number(random);
            default -> any(random, SIGNS) + number(random) + any(random, List.of("", "*", "_", "+", "-", ":"));
        };
    }

    private static String number(Random random) {
        return any(random, List.of("5", "10", "0.05", "1,000", "12.5", "−3", "2", "20"));
    }

    private static String any(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    /// Runs of letters and digits, raised and lowered ones apart from their base.
    private static List<String> tokens(String text) {
        var apart = RAISED_OR_LOWERED.matcher(text).replaceAll(it -> " " + Normalizer.normalize(it.group(), Normalizer.Form.NFKC) + " ");
        return RUN.matcher(apart).results().map(it -> it.group()).toList();
    }

    /// As a reader sees it: raised and lowered text apart from its base.
    private static String words(Node node) {
        if (node instanceof TextNode text) {
            return text.getWholeText();
        }
        var inside = node.childNodes().stream().map(ScientificTextTests::words).collect(Collectors.joining());
        return node instanceof Element element && (element.nameIs("sup") || element.nameIs("sub")) ? " " + inside + " " : inside;
    }
}
