package io.throughline.delivery.choice;

/// How a need stands to the asked one in the needs vocabulary (SKOS).
///
/// @param steps along the broader relation: 0 for the same one, 1 for the next narrower or broader, 2 for a sibling
/// @param to    notation of the need that is met
public record NeedMatch(Relation relation, int steps, String to) {

    public enum Relation {
        /// The asked need, or none was asked.
        EXACT,
        /// Below the asked one: whoever asks for a need asks for its narrower ones too.
        NARROWER,
        /// Above the asked one.
        BROADER,
        /// Shares the next broader need with the asked one.
        SIBLING,
        /// Nothing connects the two.
        OTHER
    }

    static final NeedMatch EXACT = new NeedMatch(Relation.EXACT, 0, "");
    static final NeedMatch OTHER = new NeedMatch(Relation.OTHER, 0, "any");

    public NeedMatch {
        if (steps < 0) {
            throw new IllegalArgumentException("steps are counted from 0");
        }
    }

    /// What was asked, or a part of it: nothing was relaxed.
    boolean meets() {
        return relation == Relation.EXACT || relation == Relation.NARROWER;
    }

    /// Worth for the reader, 0 to 1: 1 for the same, 0.95 for the next narrower and 0.05 less for each step below it (at least
    /// 0.8), 0.6 for the next broader and 0.15 less for each step above it (at least 0.3), 0.25 for a sibling, 0 for another.
    double value() {
        return switch (relation) {
            case EXACT -> 1;
            case NARROWER -> Math.max(0.8, 1 - 0.05 * steps);
            case BROADER -> Math.max(0.3, 0.75 - 0.15 * steps);
            case SIBLING -> 0.25;
            case OTHER -> 0;
        };
    }
}
