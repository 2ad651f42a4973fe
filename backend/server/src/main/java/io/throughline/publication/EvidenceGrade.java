package io.throughline.publication;

/// How well a text shows what it rests on, from what its version carries. Worked out once, when it is published.
///
/// No document says which study design a reference has, so the grade goes by what can be checked: whether works are cited,
/// whether a reader can get at them, and whether the very words that support a statement are quoted.
public enum EvidenceGrade {
    /// Nothing is cited.
    NONE,
    /// At least one work is cited.
    CITED,
    /// At least one cited work is a journal article with a DOI or a PMID.
    PUBLISHED,
    /// The supporting passage of a work is quoted, word for word: by the text itself or by a claim that it makes.
    ANCHORED;

    /// 0 for none, 1 for the highest grade.
    public double value() {
        return ordinal() / 3.0;
    }
}
