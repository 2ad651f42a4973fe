package io.throughline.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list. `nextCursor` is absent on the last page; `total` only where it was asked for.
public record Page<T>(List<T> items, @Nullable String nextCursor, @Nullable Long total) {
    public Page {
        items = List.copyOf(items);
    }
}
