package io.throughline.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.ingest.document.ParsedDocument.Author;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JatsParsingTests {

    private final ParsedDocument trial = Samples.parsed("trial-report.xml");

    @Test
    void the_front_matter_becomes_the_documents_facts() {
        assertThat(trial.format()).isEqualTo(DocumentFormat.JATS);
        assertThat(trial.title()).isEqualTo("Heart rate after once-daily treatment: a randomised trial");
        assertThat(trial.doi()).isEqualTo("10.5555/ait.2024.17");
        assertThat(trial.pmid()).isEqualTo("99000001");
        assertThat(trial.journal()).isEqualTo("Annals of Invented Trials");
        assertThat(trial.licence()).isEqualTo("CC BY 4.0");
        assertThat(trial.language()).isEqualTo("en");
        assertThat(trial.articleType()).isEqualTo("research-article");
        assertThat(trial.keywords()).containsExactly("heart failure", "heart rate");
        assertThat(trial.authors()).containsExactly(
                new Author("Halloran", "Mina", "0000-0002-1825-0097", null),
                new Author(null, null, null, "The STEADY Group"));
    }

    @Test
    void the_electronic_date_counts_because_it_is_the_most_exact() {
        assertThat(trial.publishedIso()).isEqualTo("2024-03-09");
    }

    @Test
    void headings_of_a_structured_abstract_become_bold() {
        assertThat(trial.abstractMarkdown()).isEqualTo("""
                **Background**

                Rates were not known.

                **Results**

                They fell by 4 beats (95% CI 2 to 6).""");
    }

    @Test
    void citations_of_every_style_become_numbers_of_the_references() {
        assertThat(trial.bodyMarkdown())
                .contains("Rates matter [1,3-5], as was said[2]; see (Larch et al., 2011 [2]).");
        assertThat(trial.fullMarkdown()).contains("Importa [6].");
    }

    @Test
    @Tag("S17")
    @Tag("S21")
    void what_looks_like_markup_in_the_source_stays_text() {
        assertThat(trial.bodyMarkdown()).contains(
                "Literal marks: \\[7\\], \\*stars\\*, a_b, \\<script\\>alert(1)\\</script\\>, ${7\\*7}, {{7\\*7}}, \\:claim\\[itm_1\\].");
        assertThat(trial.bodyMarkdown()).contains("1\\. This is no list. CD4^+^ cells, H~2~O and _P_**value**.");
    }

    @Test
    void sections_keep_their_levels_and_nesting() {
        assertThat(trial.bodyMarkdown()).startsWith("## Introduction").contains("\n\n### Aims\n\n").contains("\n\n## Results\n\n");
        assertThat(trial.sections()).extracting(ParsedDocument.Section::title)
                .containsExactly("Introduction", "Results", "Acknowledgements", "Frecuencia cardiaca");
        assertThat(trial.sections().getFirst().children()).extracting(ParsedDocument.Section::title).containsExactly("Aims");
    }

    @Test
    void lists_nest_and_quotes_name_their_source() {
        assertThat(trial.bodyMarkdown()).contains("""
                1. To count.

                   - carefully

                2. To compare.""").contains("> Count twice.\n>\n> — A proverb");
    }

    @Test
    void a_figure_inside_a_paragraph_cuts_it_in_two() {
        assertThat(trial.figures()).isEqualTo(1);
        assertThat(trial.bodyMarkdown())
                .contains("The change was x^2^ = a/b.\n\n**Figure 1.** Flow. All patients.\n\nIt held.");
    }

    @Test
    void tex_of_a_formula_is_kept_as_it_is() {
        assertThat(trial.bodyMarkdown()).contains("`\\alpha_1 + 2` (1)");
    }

    @Test
    void spans_of_a_table_are_repeated_and_its_headings_joined() {
        assertThat(trial.tables()).isEqualTo(1);
        assertThat(trial.bodyMarkdown()).contains("""
                **Table 1.** Rates by arm

                | Arm | Rate – before | Rate – after |
                | --- | --- | --- |
                | A \\| first | 80 | 76 |
                | B | 80 | 79a |

                a One value is missing.""");
    }

    @Test
    void references_keep_their_order_and_those_of_a_translation_follow() {
        assertThat(trial.references()).extracting(ParsedDocument.Reference::idInDocument)
                .containsExactly("B1", "B2", "B3", "B4", "B5", "S1");
    }

    @Test
    void a_journal_article_has_all_its_fields() {
        assertThat(trial.references().get(0).csl()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("type", "article-journal"),
                Map.entry("title", "On rates"),
                Map.entry("container-title", "J Invent Med"),
                Map.entry("author", List.of(Map.of("family", "Birch", "given", "AB"), Map.of("literal", "STEADY"))),
                Map.entry("issued", Map.of("date-parts", List.of(List.of(2009, 3)))),
                Map.entry("volume", "4"), Map.entry("issue", "2"), Map.entry("page", "11-19"),
                Map.entry("DOI", "10.5555/jim.2009.11"), Map.entry("PMID", "99000002")));
        assertThat(trial.warnings()).contains("References that name only their first authors (“et al.” in the source): 1.");
    }

    @Test
    void chapters_theses_and_pages_have_their_own_types() {
        assertThat(trial.references().get(1).csl())
                .containsEntry("type", "chapter").containsEntry("title", "Counting").containsEntry("container-title", "Handbook of Rates")
                .containsEntry("editor", List.of(Map.of("family", "Elm", "given", "D"))).containsEntry("edition", "2nd");
        assertThat(trial.references().get(3).csl())
                .containsEntry("type", "webpage").containsEntry("URL", "https://example.org/rates").containsEntry("issued", Map.of("literal", "n.d."));
        assertThat(trial.references().get(4).csl())
                .containsEntry("type", "thesis").containsEntry("title", "Rates at rest").containsEntry("note", "Pine, F. Rates at rest. University of Nowhere, 1998.");
    }

    @Test
    void a_reference_without_tags_keeps_its_text_as_title() {
        assertThat(trial.references().get(2).csl())
                .containsEntry("type", "document")
                .containsEntry("title", "Oak E. Plain words about rates. 2015. https://doi.org/10.5555/plain.3.")
                .containsEntry("DOI", "10.5555/plain.3")
                .containsEntry("issued", Map.of("date-parts", List.of(List.of(2015))));
    }

    @Test
    void a_translation_is_a_part_of_its_own() {
        assertThat(trial.parts()).hasSize(1);
        assertThat(trial.parts().getFirst().kind()).isEqualTo("translation");
        assertThat(trial.parts().getFirst().language()).isEqualTo("es");
        assertThat(trial.bodyMarkdown()).doesNotContain("Frecuencia");
        assertThat(trial.fullMarkdown()).contains("## Frecuencia cardiaca\n\n### Introducción");
    }
}
