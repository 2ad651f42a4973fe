package io.throughline.content;

import io.throughline.shared.Json;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// What a save changed, for the audit trail: the fields that differ, with their old and new values (P11-3).
record DraftChange(ObjectNode before, ObjectNode after) {

    static DraftChange between(Draft before, Draft after) {
        var old = Json.object().put("locale", before.locale()).put("revision", before.revision());
        var now = Json.object().put("locale", after.locale()).put("revision", after.revision());
        var names = new TreeSet<>(before.document().propertyNames());
        names.addAll(after.document().propertyNames());
        for (var name : names) {
            var was = before.document().get(name);
            var is = after.document().get(name);
            if (was == null || !was.equals(is)) {
                if (was != null) {
                    old.set(name, was);
                }
                if (is != null) {
                    now.set(name, is);
                }
            }
        }
        return new DraftChange(old, now);
    }
}
