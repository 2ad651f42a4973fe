package io.throughline.engagement;

import io.throughline.shared.Kebab;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// What a sender may tell, with the data that each type may carry. The list is closed: there is no room for free text, which
/// would have to be screened for adverse events first (PV-1) and could name people (GD-1).
enum EventType {
    /// An item came before the reader's eyes.
    SHOWN(Needs.ITEM),
    /// The reader opened it.
    OPENED(Needs.ITEM),
    /// The reader read it to the end, or the `share` of it.
    COMPLETED(Needs.ITEM, "share"),
    /// The reader put it away.
    DISMISSED(Needs.ITEM),
    /// The reader gave it 1 to 5.
    RATED(Needs.ITEM, "rating"),
    /// The reader said whether the set, or an item of it, helped.
    FEEDBACK(Needs.RECEIPT, "helpful"),
    /// A person met a person.
    INTERACTION(Needs.NOTHING, "channel", "minutes"),
    /// The reader's stage on the journey was judged anew.
    STAGE_CHANGED(Needs.NOTHING, "from", "to"),
    /// A person took over.
    HANDED_OFF(Needs.NOTHING, "to");

    enum Needs { ITEM, RECEIPT, NOTHING }

    private final Needs needs;
    private final Set<String> data;

    EventType(Needs needs, String... data) {
        this.needs = needs;
        this.data = Set.of(data);
    }

    Needs needs() {
        return needs;
    }

    /// Keys of `data` besides `receipt` and `item`.
    Set<String> data() {
        return data;
    }

    String text() {
        return Kebab.of(this);
    }

    static Optional<EventType> find(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }
}
