package io.throughline.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How long something took, each time.
final class Figures {

    private final String what;
    private final List<Duration> taken = Collections.synchronizedList(new ArrayList<>());

    Figures(String what) {
        this.what = what;
    }

    void add(Duration one) {
        taken.add(one);
    }

    int count() {
        return taken.size();
    }

    Duration longest() {
        return percentile(100);
    }

    private Duration percentile(int percent) {
        var sorted = taken.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    @Override
    public String toString() {
        return "%s: %d times, p50 %d ms, p99 %d ms, longest %d ms".formatted(what, count(), percentile(50).toMillis(), percentile(99).toMillis(),
                longest().toMillis());
    }
}
