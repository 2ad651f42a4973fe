package io.throughline.delivery;

import java.util.List;

/// The three kinds of content, which never mix in one set, in the order that decides a tie.
final class Kinds {

    static final String PROMOTIONAL = "promotional";
    static final String NON_PROMOTIONAL = "non-promotional";
    static final String SCIENTIFIC_EXCHANGE = "scientific-exchange";

    static final List<String> IN_ORDER = List.of(PROMOTIONAL, NON_PROMOTIONAL, SCIENTIFIC_EXCHANGE);

    private Kinds() {}
}
