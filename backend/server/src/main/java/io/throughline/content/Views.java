package io.throughline.content;

import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.FieldError;
import io.throughline.shared.Finding;
import io.throughline.shared.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of the management API for items, drafts and versions.
@Component
class Views {

    record PersonName(String id, String displayName) {}

    record DraftView(String itemId, String key, String type, String kind, @Nullable String brand, String locale, int revision,
            ObjectNode document, @Nullable Integer basedOnVersion, @Nullable LocalCopy copyOf, PersonName updatedBy, Instant updatedAt, List<Finding> findings) {}

    record DraftState(int revision, Instant updatedAt, PersonName updatedBy) {}

    record NewLocale(String locale, String state, String title, DraftState draft, List<String> jobs, List<String> publications) {}

    /// What an item is at its first moment: one draft, nothing else.
    record NewItemView(String id, String key, String type, String kind, @Nullable String brand, PersonName createdBy,
            Instant createdAt, List<NewLocale> locales, List<String> usedIn, boolean efficacyClaim, List<String> impacts) {}

    record VersionRow(String locale, int number, String sha256, PersonName submittedBy, Instant submittedAt) {}

    record VersionList(List<VersionRow> versions) {}

    record VersionView(String itemId, String key, String locale, int number, int schemaVersion, String sha256,
            PersonName submittedBy, Instant submittedAt, ObjectNode document, String html) {}

    private final People people;
    private final LocalCopies copies;

    Views(People people, LocalCopies copies) {
        this.people = people;
        this.copies = copies;
    }

    DraftView draft(Item item, Draft draft, List<Finding> findings) {
        return new DraftView(item.id(), item.key(), item.type(), item.kind(), item.brand(), draft.locale(), draft.revision(),
                draft.document(), draft.basedOnVersion(), copies.find(item.id(), draft.locale(), draft.document()).orElse(null), person(draft.updatedBy()), draft.updatedAt(), findings);
    }

    NewItemView created(Item item, Draft draft, Actor actor) {
        var by = new PersonName(actor.id(), actor.displayName());
        var locale = new NewLocale(draft.locale(), "draft", draft.document().path("title").asString(""),
                new DraftState(draft.revision(), draft.updatedAt(), by), List.of(), List.of());
        return new NewItemView(item.id(), item.key(), item.type(), item.kind(), item.brand(), by, item.createdAt(), List.of(locale), List.of(),
                draft.document().path("efficacyClaim").asBoolean(false), List.of());
    }

    VersionList versions(List<Version> versions) {
        var names = people.names(versions.stream().map(Version::submittedBy).collect(Collectors.toSet()));
        return new VersionList(versions.stream().map(it -> new VersionRow(it.locale(), it.number(), it.sha256(),
                person(it.submittedBy(), names), it.submittedAt())).toList());
    }

    VersionView version(Item item, Version version, String html) {
        return new VersionView(item.id(), item.key(), version.locale(), version.number(), version.schemaVersion(), version.sha256(),
                person(version.submittedBy()), version.submittedAt(), version.document(), html);
    }

    /// 422 with each finding as one error; the paths are JSON pointers into the document.
    static RuntimeException invalid(List<Finding> findings) {
        return Problem.VALIDATION_FAILED.because("Correct what the errors name, then send it again.",
                findings.stream().map(FieldError::of).toList());
    }

    static <T> T required(@Nullable T value, String path) {
        if (value == null) {
            throw Problem.INVALID_BODY.because("The key '%s' is missing in the body; add it.".formatted(path.substring(1)),
                    List.of(new FieldError("required", path, "is missing")));
        }
        return value;
    }

    private PersonName person(String id) {
        return person(id, people.names(Set.of(id)));
    }

    private static PersonName person(String id, Map<String, String> names) {
        return new PersonName(id, names.getOrDefault(id, id));
    }
}
