package io.throughline.shared;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The written form of our enums in JSON, in the database and in queries: `IN_REVIEW` is `in-review`.
public final class Kebab {

    private Kebab() {}

    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The constant written so; throws IllegalArgumentException for anything else (spelling and case are exact).
    public static <E extends Enum<E>> E parse(Class<E> type, String written) {
        return find(type, written).orElseThrow(() -> new IllegalArgumentException("'%s' is none of %s".formatted(
                written, Stream.of(type.getEnumConstants()).map(Kebab::of).toList())));
    }

    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String written) {
        return Stream.of(type.getEnumConstants()).filter(it -> of(it).equals(written)).findFirst();
    }
}
