package io.throughline.content;

/// What a publisher says of a work after it appeared; as COPE and NLM call it.
public enum NoticeKind {
    RETRACTED,
    WITHDRAWN,
    EXPRESSION_OF_CONCERN,
    CORRECTED;

    /// Whether the work proves nothing any more: nothing that cites it may be submitted, certified, published, or stay served for longer than the
    /// market's pack allows (RV-6).
    public boolean endsEvidence() {
        return this == RETRACTED || this == WITHDRAWN;
    }
}
