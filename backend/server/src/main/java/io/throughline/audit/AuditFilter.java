package io.throughline.audit;

import org.jspecify.annotations.Nullable;

/// Which entries to list; an absent part does not narrow. `actor` is a person's id.
public record AuditFilter(
        @Nullable String subjectType, @Nullable String subjectId, @Nullable String actor, @Nullable String action) {

    public static AuditFilter all() {
        return new AuditFilter(null, null, null, null);
    }
}
