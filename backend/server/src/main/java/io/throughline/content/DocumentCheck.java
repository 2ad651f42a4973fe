package io.throughline.content;

import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Decides whether a document may be kept at all: its shape, its concepts, and the items it points at.
/// What is merely missing is no matter here; that is for [ContentRules].
@Component
class DocumentCheck {

    /// What has another form is refused by the schema and never reaches the database.
    private static final Pattern ITEM_ID = Pattern.compile("itm_[0-9A-Za-z_-]{1,64}");
    private static final Set<String> ACCOMPANYING = Set.of("safety-information", "prescribing-information");

    private final ContentTypes types;
    private final Taxonomy taxonomy;
    private final ContentStore store;

    DocumentCheck(ContentTypes types, Taxonomy taxonomy, ContentStore store) {
        this.types = types;
        this.taxonomy = taxonomy;
        this.store = store;
    }

    List<Finding> check(Actor actor, String type, String locale, ObjectNode document) {
        return checkAll(actor, List.of(new NewItem(type, "", null, locale, document))).getFirst();
    }

    /// One list of findings per document, in order; all items they point at are looked up in one query.
    List<List<Finding>> checkAll(Actor actor, List<NewItem> documents) {
        var findings = new ArrayList<List<Finding>>();
        var targets = new LinkedHashSet<String>();
        for (var it : documents) {
            var found = new ArrayList<>(types.schemas().check(it.type(), it.document()));
            concepts(it.document(), found);
            DocumentLinks.of(it.document()).stream().map(DocumentLinks.Link::targetId).filter(id -> ITEM_ID.matcher(id).matches()).forEach(targets::add);
            Rules.targets(it.document()).stream().filter(id -> ITEM_ID.matcher(id).matches()).forEach(targets::add);
            findings.add(found);
        }
        var items = store.linkedItems(targets, "");
        for (int i = 0; i < documents.size(); i++) {
            links(actor, types.get(documents.get(i).type()), documents.get(i).document(), items, findings.get(i));
            rules(actor, documents.get(i).document(), items, findings.get(i));
        }
        return findings;
    }

    private void concepts(ObjectNode document, List<Finding> findings) {
        DocumentLinks.concepts(document).forEach((path, concept) -> {
            if (isUnnamed(path, findings) && taxonomy.find(concept.getKey(), concept.getValue()).isEmpty()) {
                findings.add(new Finding("unknown-concept", Severity.BLOCK, path,
                        "Choose a term of the vocabulary “%s”; “%s” is not in it.".formatted(concept.getKey(), concept.getValue()), null));
            }
        });
    }

    /// One finding per place is enough: what has the wrong form is not looked up as well.
    private static boolean isUnnamed(String path, List<Finding> findings) {
        return findings.stream().noneMatch(it -> it.path().equals(path));
    }

    /// An item of a brand that the actor may not use is answered like one that does not exist (S3).
    private static void links(Actor actor, ContentType type, ObjectNode document, Map<String, LinkedItem> items, List<Finding> findings) {
        for (var link : DocumentLinks.of(document)) {
            if (!isUnnamed(link.path(), findings)) {
                continue;
            }
            var item = items.get(link.targetId());
            if (item == null || !actor.mayUseContentOf(item.brand())) {
                findings.add(new Finding("unknown-item", Severity.BLOCK, link.path(),
                        "Choose an item that exists; “%s” does not.".formatted(link.targetId()), null));
                continue;
            }
            var field = "body".equals(link.field()) ? "claims" : link.field();
            var allowed = type.itemTypes().get(field);
            if (allowed != null && !allowed.isEmpty() && !allowed.contains(item.type())) {
                findings.add(new Finding("not-allowed-value", Severity.BLOCK, link.path(),
                        "Choose an item of the type %s; this one is a %s.".formatted(String.join(" or ", allowed), item.type()), null));
            }
        }
    }

    /// A rule speaks of items that exist, and no two rules of a document have the same id.
    private static void rules(Actor actor, ObjectNode document, Map<String, LinkedItem> items, List<Finding> findings) {
        var ids = new HashSet<String>();
        int at = 0;
        for (var rule : document.path("rules")) {
            var path = "/rules/" + at++;
            if (rule.path("id").isString() && !ids.add(rule.path("id").stringValue())) {
                findings.add(new Finding("duplicate-value", Severity.BLOCK, path + "/id", "Give this rule an id of its own.", null));
            }
            int target = 0;
            for (var item : rule.path("items")) {
                target(actor, path + "/items/" + target++, items.get(item.asString("")), Set.of(), findings);
            }
            if (rule.has("item")) {
                target(actor, path + "/item", items.get(rule.path("item").asString("")), ACCOMPANYING, findings);
            }
        }
    }

    private static void target(Actor actor, String path, @Nullable LinkedItem item, Set<String> types, List<Finding> findings) {
        if (!isUnnamed(path, findings)) {
            return;
        }
        if (item == null || !actor.mayUseContentOf(item.brand())) {
            findings.add(new Finding("unknown-item", Severity.BLOCK, path, "Choose an item that exists for this rule.", null));
        } else if (!types.isEmpty() && !types.contains(item.type())) {
            findings.add(new Finding("not-allowed-value", Severity.BLOCK, path,
                    "Choose safety or prescribing information for a pairing; this item is a %s.".formatted(item.type()), null));
        }
    }
}
