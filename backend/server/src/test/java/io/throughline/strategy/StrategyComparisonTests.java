package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrategyComparisonTests {

    @Test
    void equalVersionsAreTheSame() {
        var document = document("Fewer contacts.", objective("obj_a", 0.5, List.of("dosing"), Map.of("web", 1.0), null));

        assertThat(compare(document, document).same()).isTrue();
    }

    @Test
    void addedAndRemovedObjectivesAreNamed() {
        var result = compare(document("S", objective("obj_a", 0.5, List.of("dosing"), Map.of("web", 1.0), null)),
                document("S", objective("obj_b", 0.5, List.of("dosing"), Map.of("web", 1.0), null)));

        assertThat(result.added()).extracting(StrategyComparison.ObjectiveName::id).containsExactly("obj_b");
        assertThat(result.removed()).extracting(StrategyComparison.ObjectiveName::name).containsExactly("Objective obj_a");
        assertThat(result.changed()).isEmpty();
        assertThat(result.same()).isFalse();
    }

    @Test
    void everyFieldThatChangedIsSaidInOneSentence() {
        var result = compare(document("Before", objective("obj_a", 0.9, List.of("dosing", "safety"), Map.of("web", 0.6, "email", 0.4), null)),
                document("After", objective("obj_a", 0.7, List.of("dosing", "talk"), Map.of("web", 1.0), new ContactPolicy(4, 30, 2, 14))));

        assertThat(result.changes()).extracting(StrategyComparison.FieldChange::text).containsExactly("Summary went from Before to After.");
        assertThat(result.changed()).singleElement().satisfies(it -> assertThat(it.changes()).extracting(StrategyComparison.FieldChange::text)
                .containsExactly("Needs: “the safety” was removed.", "Needs: “the talk” was added.",
                        "Share of the email: “40 %” was removed.", "Share of the web went from 60 % to 100 %.",
                        "Contact budget: “4 in 30 days” was added.", "Frequency cap: “the same item 2 times in 14 days” was added.",
                        "Weight went from 0.9 to 0.7."));
    }

    @Test
    void anotherOrderOfImportanceIsAChange() {
        var result = compare(document("S", objective("obj_a", 0.5, List.of("dosing", "talk"), Map.of("web", 1.0), null)),
                document("S", objective("obj_a", 0.5, List.of("talk", "dosing"), Map.of("web", 1.0), null)));

        assertThat(result.changed().getFirst().changes().getFirst().text()).isEqualTo("Needs in order went from the dosing, the talk to the talk, the dosing.");
    }

    private static StrategyComparison compare(StrategyDocument older, StrategyDocument newer) {
        return StrategyComparison.of("str_a", 1, older, 2, newer, (_, notation) -> "the " + notation, it -> it);
    }

    private static StrategyDocument document(String summary, Objective... objectives) {
        return new StrategyDocument(summary, List.of(objectives));
    }

    private static Objective objective(String id, double weight, List<String> needs, Map<String, Double> mix, @Nullable ContactPolicy policy) {
        return new Objective(id, "Objective " + id, "hcp", "aware", "trying", needs, List.of(), List.of("GB"), null, "service-oriented", mix,
                List.of("education"), weight, LocalDate.of(2026, 1, 1), null, List.of(), null, policy, null, List.of());
    }
}
