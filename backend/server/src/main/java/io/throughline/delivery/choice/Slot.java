package io.throughline.delivery.choice;

import java.util.List;
import java.util.Locale;

/// The places of a content set, in the order in which they are filled and shown.
public enum Slot {
    LEAD(1),
    PROOF(2),
    SUPPORT(3),
    /// Filled by what the other items are paired with, never by rank and never cut by a limit.
    SAFETY(Integer.MAX_VALUE),
    /// Content for the stage that follows the asked one.
    NEXT(2);

    /// Places that are filled by rank, in the order in which they choose: `next` before `support`, which would otherwise
    /// take the following stage as a neighbouring one.
    public static final List<Slot> RANKED = List.of(LEAD, PROOF, NEXT, SUPPORT);

    private final int capacity;
    private final String text = name().toLowerCase(Locale.ROOT);

    Slot(int capacity) {
        this.capacity = capacity;
    }

    public int capacity() {
        return capacity;
    }

    /// As content types and answers write it.
    public String text() {
        return text;
    }
}
