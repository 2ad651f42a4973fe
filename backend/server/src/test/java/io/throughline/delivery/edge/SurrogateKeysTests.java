package io.throughline.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurrogateKeysTests {

    @Test
    void aKeyStandsOnceInAnOrderThatIsAlwaysTheSame() {
        var one = new SurrogateKeys().general("items").markets(List.of("GB", "DE")).type("article").type("article").items(List.of("itm_b", "itm_a", "itm_b"));
        var other = new SurrogateKeys().items(List.of("itm_a", "itm_b")).type("article").markets(List.of("DE", "GB")).general("items");
        assertThat(one.text()).isEqualTo("items market-DE market-GB type-article item-itm_a item-itm_b").isEqualTo(other.text());
    }

    @Test
    void itemsThatDoNotFitGiveWayToOneKeyForAllAndNoneIsCutInTwo() {
        int fit = 0;
        for (int count = 1; count <= 500; count++) {
            var keys = new SurrogateKeys().general("sets").markets(List.of("GB")).strategies(List.of("str_01JD8Z7Q4T0000000000000009")).items(items(count)).text();
            assertThat(keys.length()).isLessThanOrEqualTo(SurrogateKeys.LONGEST);
            assertThat(keys).startsWith("market-GB sets strategy-str_01JD8Z7Q4T0000000000000009 ");
            if (keys.contains("item-")) {
                fit = count;
                assertThat(keys.split(" ")).hasSize(3 + count);
            } else {
                assertThat(keys).endsWith(" many-items");
            }
        }
        assertThat(fit).as("items of an answer that are named one by one").isBetween(75, 100);
    }

    private static List<String> items(int count) {
        return IntStream.range(0, count).mapToObj(i -> "itm_%026d".formatted(i)).toList();
    }
}
