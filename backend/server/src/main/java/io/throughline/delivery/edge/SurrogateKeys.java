package io.throughline.delivery.edge;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Keys by which a CDN purges an answer: what kind of answer it is, its markets, kinds, strategies, types and items. Pure.
///
/// A header that is too long is cut by a proxy or fails the whole answer, and a key that got lost is a withdrawal that is not purged. So
/// where the items don't fit, one key stands for all of them ([#MANY]), to be purged together with any item.
public final class SurrogateKeys {

    public static final String SETS = "sets";
    public static final String LISTS = "items";
    static final String MANY = "many-items";
    /// All headers of an answer have to fit into 4 KiB, which is what nginx takes unless it is told otherwise; Fastly and Varnish take more.
    static final int LONGEST = 3_000;

    private final Set<String> general = new TreeSet<>();
    private final Set<String> items = new TreeSet<>();

    public SurrogateKeys general(String key) {
        general.add(key);
        return this;
    }

    public SurrogateKeys markets(Collection<String> codes) {
        codes.forEach(it -> general.add("market-" + it));
        return this;
    }

    public SurrogateKeys kinds(Collection<String> kinds) {
        kinds.forEach(it -> general.add("kind-" + it));
        return this;
    }

    public SurrogateKeys strategies(Collection<String> ids) {
        ids.forEach(it -> general.add("strategy-" + it));
        return this;
    }

    public SurrogateKeys type(String type) {
        general.add("type-" + type);
        return this;
    }

    public SurrogateKeys items(Collection<String> ids) {
        ids.forEach(it -> items.add("item-" + it));
        return this;
    }

    /// @return keys with spaces between, each once, in an order that is the same on every node
    public String text() {
        var before = String.join(" ", general);
        var all = items.isEmpty() ? before : before + " " + String.join(" ", items);
        return all.getBytes(StandardCharsets.UTF_8).length <= LONGEST ? all : before + " " + MANY;
    }
}
