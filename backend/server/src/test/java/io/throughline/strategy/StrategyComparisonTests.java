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

    @Test
    void anotherOrderOfWhatHasNoOrderIsNone() {
        var plan = List.of(new Objective.PlannedCell("aware", "dosing", 2), new Objective.PlannedCell("trying", "talk", 1));
        var one = with("brands", List.of("a", "b"), "markets", List.of("GB", "DE"), "valueExchange", List.of("education", "service"),
                "segments", List.of("hospital", "digital-first"), "plan", plan);
        var two = with("brands", List.of("b", "a"), "markets", List.of("DE", "GB"), "valueExchange", List.of("service", "education"),
                "segments", List.of("digital-first", "hospital"), "plan", plan.reversed());

        var result = compare(document("S", one), document("S", two));

        assertThat(result.changed()).isEmpty();
        assertThat(result.same()).isTrue();
        assertThat(compare(document("S", one, objective("obj_b", 0.5, List.of("dosing"), Map.of(), null)),
                document("S", objective("obj_b", 0.5, List.of("dosing"), Map.of(), null), two)).same()).isTrue();
    }

    /// An objective told as changed without a word about it is as wrong as a change that is not told.
    @Test
    void everyFieldOfAnObjectiveHasAChangeOfItsOwn() {
        var others = Map.<String, Object>ofEntries(Map.entry("name", "Other"), Map.entry("audience", "patient"), Map.entry("fromStage", "unaware"), Map.entry("toStage", "adopted"),
                Map.entry("needs", List.of("talk")), Map.entry("brands", List.of("b")), Map.entry("markets", List.of("DE")), Map.entry("kind", "promotional"),
                Map.entry("engagementModel", "other"), Map.entry("channelMix", Map.of("email", 1.0)), Map.entry("valueExchange", List.of("service")), Map.entry("weight", 0.9),
                Map.entry("from", LocalDate.of(2027, 1, 1)), Map.entry("until", LocalDate.of(2028, 1, 1)), Map.entry("plan", List.of(new Objective.PlannedCell("aware", "dosing", 2))),
                Map.entry("measurementPlan", new MeasurementPlan("Visits", null, 1, 2, 10, LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1))),
                Map.entry("contactPolicy", new ContactPolicy(1, 30, 1, 30)), Map.entry("lifeCycleStage", "growth"), Map.entry("segments", List.of("hospital")));
        for (var component : Objective.class.getRecordComponents()) {
            if (!component.getName().equals("id")) {
                var result = compare(document("S", with()), document("S", with(component.getName(), others.get(component.getName()))));
                assertThat(result.changed()).as(component.getName()).singleElement().satisfies(it -> assertThat(it.changes()).isNotEmpty());
            }
        }
    }

    private static Objective with(Object... namesAndValues) {
        try {
            var components = Objective.class.getRecordComponents();
            var values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getAccessor().invoke(objective("obj_a", 0.5, List.of("dosing"), Map.of("web", 1.0), null));
                for (int n = 0; n < namesAndValues.length; n += 2) {
                    values[i] = components[i].getName().equals(namesAndValues[n]) ? namesAndValues[n + 1] : values[i];
                }
            }
            return (Objective) Objective.class.getDeclaredConstructor(java.util.Arrays.stream(components).map(java.lang.reflect.RecordComponent::getType).toArray(Class[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
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
