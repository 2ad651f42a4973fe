package io.throughline.audit;

import java.util.List;

/// What a module keeps that regulation asks to stay as it is. It is asked before there is a database, so it holds none.
public interface AuditedRecords {

    List<AuditedKind> kinds();

    /// What must hold between the columns and rows of these kinds, whatever the trail says of each.
    default List<RecordCheck> checks() {
        return List.of();
    }
}
