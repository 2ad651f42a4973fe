package io.throughline.audit;

import java.util.List;
import java.util.Set;

/// Rows that regulation asks to keep as they are: a trigger records what each holds whenever it is written, the trail binds that
/// record, and verification compares (P11-1). A module declares its kinds as beans; the tables get their trigger at the next start.
///
/// @param name    of the kind as people read it: `approval`
/// @param table   its table
/// @param key     columns that name a row; their values, joined by `/`, are its id
/// @param secrets columns of which the trail keeps a hash only
public record AuditedKind(String name, String table, List<String> key, Set<String> secrets) {

    public AuditedKind {
        key = List.copyOf(key);
        secrets = Set.copyOf(secrets);
        for (var identifier : List.of(table, String.join("_", key), String.join("_", secrets), name.replace('-', '_'))) {
            if (!identifier.matches("[a-z0-9_]*")) {
                throw new IllegalArgumentException("no name of a kind, table or column: " + identifier);
            }
        }
    }

    public static AuditedKind of(String name, String table, String... key) {
        return new AuditedKind(name, table, List.of(key), Set.of());
    }
}
