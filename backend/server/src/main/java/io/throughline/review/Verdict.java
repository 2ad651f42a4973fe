package io.throughline.review;

import io.throughline.shared.Kebab;

/// What a reviewer says about one version. Given once, signed, never changed.
public enum Verdict {
    APPROVE("approved"),
    APPROVE_WITH_CHANGES("approved with changes"),
    REVISE_AND_RESUBMIT("to be revised and resubmitted"),
    REJECT("rejected");

    private final String said;

    Verdict(String said) {
        this.said = said;
    }

    /// As JSON and the database write it: `approve-with-changes`.
    public String code() {
        return Kebab.of(this);
    }

    /// Everything but a plain approval says what must change.
    public boolean needsComment() {
        return this != APPROVE;
    }

    /// Whether the circulation is over without waiting for the other disciplines (RV-2).
    public boolean endsCirculationAtOnce() {
        return this == REVISE_AND_RESUBMIT || this == REJECT;
    }

    /// What the signature under it means (P11-6): "medical examination: approved with changes".
    public String meaning(Discipline discipline) {
        return discipline.code() + " examination: " + said;
    }
}
