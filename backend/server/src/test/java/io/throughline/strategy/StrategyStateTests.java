package io.throughline.strategy;

import static io.throughline.strategy.StrategyState.ACTIVE;
import static io.throughline.strategy.StrategyState.APPROVED;
import static io.throughline.strategy.StrategyState.DRAFT;
import static io.throughline.strategy.StrategyState.ENDED;
import static io.throughline.strategy.StrategyState.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.strategy.Strategies.Activation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P11-4")
class StrategyStateTests {

    private static final StrategyDocument EMPTY = new StrategyDocument("", List.of());

    @Test
    void aVersionIsADraftUntilItIsApproved() {
        assertThat(state(false, 5)).isEqualTo(DRAFT);
        assertThat(state(true, 5)).isEqualTo(APPROVED);
    }

    @Test
    void aWindowIncludesItsStartAndExcludesItsEnd() {
        var one = activation("str_a", 1, null, 10, 20L, 1);

        assertThat(state(true, 9, one)).isEqualTo(SCHEDULED);
        assertThat(state(true, 10, one)).isEqualTo(ACTIVE);
        assertThat(state(true, 19, one)).isEqualTo(ACTIVE);
        assertThat(state(true, 20, one)).isEqualTo(ENDED);
    }

    @Test
    void aLaterActivationOfTheScopeEndsTheEarlierOne() {
        var one = activation("str_a", 1, null, 10, null, 1);
        var two = activation("str_a", 2, null, 30, null, 2);

        assertThat(state(true, 29, one, two)).isEqualTo(ACTIVE);
        assertThat(state(true, 30, one, two)).isEqualTo(ENDED);
    }

    @Test
    void anInterludeLetsTheEarlierOneDecideAgain() {
        var one = activation("str_a", 1, null, 10, null, 1);
        var interlude = activation("str_b", 1, null, 30, 40L, 2);

        assertThat(state(true, 30, one, interlude)).isEqualTo(SCHEDULED);
        assertThat(state(true, 40, one, interlude)).isEqualTo(ACTIVE);
    }

    @Test
    void anotherBrandsActivationChangesNothing() {
        var one = activation("str_a", 1, "velmora", 10, null, 1);

        assertThat(state(true, 30, one, activation("str_b", 1, "other", 20, null, 2), activation("str_c", 1, null, 20, null, 3))).isEqualTo(ACTIVE);
    }

    @Test
    void whatWasEndedBeforeItsStartNeverDecides() {
        assertThat(state(true, 15, activation("str_a", 1, null, 20, 12L, 1))).isEqualTo(ENDED);
    }

    private static StrategyState state(boolean approved, long now, Activation... activations) {
        return StrategyState.of(approved, List.of(activations), "str_a", 1, at(now));
    }

    private static Activation activation(String id, int number, @Nullable String brand, long from, @Nullable Long until, long sequence) {
        return new Activation(id, number, brand, at(from), until == null ? null : at(until), sequence, EMPTY);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
