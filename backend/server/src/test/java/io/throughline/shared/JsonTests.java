package io.throughline.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonTests {

    record Example(String name, int size, Role role, @Nullable String note, Optional<String> more, List<String> tags) {}

    @Test
    void leavesOutWhatIsAbsentKeepsListsAndWritesEnumsInKebabCase() {
        assertThat(Json.text(new Example("a", 1, Role.MEDICAL_REVIEWER, null, Optional.empty(), List.of())))
                .isEqualTo("{\"name\":\"a\",\"size\":1,\"role\":\"medical-reviewer\",\"tags\":[]}");
    }

    @Test
    void readsWhatItWrites() {
        var example = new Example("a", 1, Role.CHANNEL_MANAGER, "n", Optional.of("m"), List.of("t"));
        assertThat(Json.mapper().readValue(Json.text(example), Example.class)).isEqualTo(example);
    }

    @Test
    @Tag("S4")
    @Tag("S5")
    void refusesUnknownAndRepeatedKeysAndTextForNumbers() {
        for (var body : List.of("{\"name\":\"a\",\"admin\":true}", "{\"name\":\"a\",\"name\":\"b\"}", "{\"size\":\"1\"}", "{\"role\":2}", "{} {}")) {
            assertThatThrownBy(() -> Json.mapper().readValue(body, Example.class)).isInstanceOf(JacksonException.class);
        }
    }

    @Test
    @Tag("S5")
    void whatIsNotNullableMustBeThereAndAnAbsentListIsEmpty() {
        var least = Json.mapper().readValue("{\"name\":\"a\",\"size\":1,\"role\":\"writer\"}", Example.class);
        assertThat(least).isEqualTo(new Example("a", 1, Role.WRITER, null, Optional.empty(), List.of()));
        for (var body : List.of("{\"size\":1,\"role\":\"writer\"}", "{\"name\":null,\"size\":1,\"role\":\"writer\"}",
                "{\"name\":\"a\",\"role\":\"writer\"}", "{\"name\":\"a\",\"size\":1}")) {
            assertThatThrownBy(() -> Json.mapper().readValue(body, Example.class)).isInstanceOf(JacksonException.class);
        }
    }

    @Test
    void idsSortByTheTimeTheyWereMadeAndAreUnique() {
        var ids = new TreeSet<String>();
        var first = Ids.next("itm");
        for (int i = 0; i < 10_000; i++) {
            ids.add(Ids.next("itm"));
        }
        assertThat(ids).hasSize(10_000).allMatch(id -> Ids.isValid("itm", id));
        assertThat(ids.last()).isGreaterThan(first);
        assertThat(Ids.isValid("itm", first.toLowerCase(java.util.Locale.ROOT))).isFalse();
        assertThat(Ids.isValid("itm", "itm_8" + first.substring(5))).isFalse();
        assertThat(Ids.isValid("pub", first)).isFalse();
        assertThat(Ids.isValid("itm", first + "0")).isFalse();
    }
}
