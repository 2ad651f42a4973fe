package io.throughline.content;

import io.throughline.audit.AuditEntry;
import io.throughline.audit.AuditSubject;
import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Everything that happened to one item, from the audit trail.
@RestController
class HistoryController {

    record History(List<AuditEntry> entries) {}

    private final Contents contents;
    private final AuditTrail trail;
    private final List<ItemSubjects> others;

    HistoryController(Contents contents, AuditTrail trail, ObjectProvider<ItemSubjects> others) {
        this.contents = contents;
        this.trail = trail;
        this.others = others.orderedStream().toList();
    }

    /// Newest first.
    @GetMapping("/manage/v1/items/{id}/history")
    @Allowed
    History history(Actor actor, @PathVariable String id) {
        var item = contents.getVisible(actor, id);
        var subjects = new ArrayList<AuditSubject>();
        subjects.add(new AuditSubject("item", item.id()));
        others.forEach(it -> subjects.addAll(it.subjectsOf(item.id())));
        return new History(trail.listFor(subjects).reversed());
    }
}
