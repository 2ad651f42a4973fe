package io.throughline.content;

/// The rules by which Markdown is read. Drafts follow the newest; a version is shown by those of its time for ever, for its words were
/// certified so (ADR 0022).
public enum Dialect {

    /// `[1,3-5]` cites references by their place in the document's list. Versions of schema version 1.
    NUMBERED,
    /// `[@ref_…; @ref_…]` cites references by id; numbers are made when the text is shown.
    BY_ID;

    /// The one of drafts.
    public static final Dialect NEWEST = BY_ID;

    /// @param schemaVersion of a version, from 1
    public static Dialect of(int schemaVersion) {
        return schemaVersion <= 1 ? NUMBERED : BY_ID;
    }
}
