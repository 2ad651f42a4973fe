package io.throughline.content;

import io.throughline.audit.AuditSubject;
import java.util.List;

/// What else the trail knows an item by: its jobs, approvals, publications. Modules that stand on content and keep such
/// things implement it as a bean, so that an item's history is whole without content knowing them.
public interface ItemSubjects {

    List<AuditSubject> subjectsOf(String itemId);
}
