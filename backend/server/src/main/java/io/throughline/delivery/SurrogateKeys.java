package io.throughline.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Keys by which a CDN purges an answer: what kind of answer it is, its markets, kinds, strategies, types and items. Pure.
///
/// A header that is too long is cut by a proxy or fails the whole answer, and a key that got lost is a withdrawal that is not purged. So
/// where the items don't fit, one key stands for all of them ([#MANY]), to be purged together with any item.
final class SurrogateKeys {

    static final String SETS = "sets";
    static final String LISTS = "items";
    static final String MANY = "many-items";
    /// All headers of an answer have to fit into 4 KiB, which is what nginx takes unless it is told otherwise; Fastly and Varnish take more.
    static final int LONGEST = 3_000;

    private final Set<String> general = new TreeSet<>();
    private final Set<String> items = new TreeSet<>();

    SurrogateKeys general(String key) {
        general.add(key);
        return this;
    }

    SurrogateKeys markets(Collection<String> codes) {
        codes.forEach(it -> general.add("market-" + it));
        return this;
    }

    SurrogateKeys kinds(Collection<String> kinds) {
        kinds.forEach(it -> general.add("kind-" + it));
        return this;
    }

    SurrogateKeys strategies(Collection<String> ids) {
        ids.forEach(it -> general.add("strategy-" + it));
        return this;
    }

    SurrogateKeys type(String type) {
        general.add("type-" + type);
        return this;
    }

    SurrogateKeys items(Collection<String> ids) {
        ids.forEach(it -> items.add("item-" + it));
        return this;
    }

    /// @return keys with spaces between, each once, in an order that is the same on every node
    String text() {
        var before = String.join(" ", general);
        var all = items.isEmpty() ? before : before + " " + String.join(" ", items);
        return all.getBytes(StandardCharsets.UTF_8).length <= LONGEST ? all : before + " " + MANY;
    }
}
