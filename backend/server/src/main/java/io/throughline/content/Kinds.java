package io.throughline.content;

import java.util.List;

/// The three kinds of content, which never mix in one set, in the order that decides a tie.
public final class Kinds {

    public static final String PROMOTIONAL = "promotional";
    public static final String NON_PROMOTIONAL = "non-promotional";
    public static final String SCIENTIFIC_EXCHANGE = "scientific-exchange";

    public static final List<String> IN_ORDER = List.of(PROMOTIONAL, NON_PROMOTIONAL, SCIENTIFIC_EXCHANGE);

    private Kinds() {}
}
