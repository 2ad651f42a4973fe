package io.throughline.content;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Finding;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.Severity;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.Taxonomy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/// Everything that changes content: the one way in for the editor, the API, the import and the demo (S37).
///
/// Each act writes its audit entry in the same transaction. A refusal writes nothing (S12).
@Service
public class ContentDesk {

    private static final Set<String> KINDS = Set.of("promotional", "non-promotional", "scientific-exchange");

    public sealed interface Creation {
        /// What it still lacks before submission is asked for with its draft.
        record Created(Item item, Draft draft) implements Creation {}

        record Invalid(List<Finding> findings) implements Creation {}
    }

    public sealed interface Saving {
        record Saved(Draft draft, List<Finding> findings) implements Saving {}

        /// Someone else saved in between.
        record Stale(int currentRevision) implements Saving {}

        record Invalid(List<Finding> findings) implements Saving {}

        record NotFound() implements Saving {}
    }

    public sealed interface Confirming {
        record Confirmed(Draft draft) implements Confirming {}

        /// Someone else saved in between.
        record Stale(int currentRevision) implements Confirming {}

        /// It is no copy, or one from another language.
        record NotOneLanguage() implements Confirming {}

        record NotFound() implements Confirming {}
    }

    public sealed interface Starting {
        record Started(Draft draft) implements Starting {}

        record DraftExists(Draft draft) implements Starting {}

        record UnknownLocale(String locale) implements Starting {}

        /// There is no such item, or no such version of it.
        record NotFound() implements Starting {}
    }

    public sealed interface Discarding {
        record Discarded() implements Discarding {}

        record Stale(int currentRevision) implements Discarding {}

        /// An item's only copy is not thrown away.
        record OnlyCopy() implements Discarding {}

        record NotFound() implements Discarding {}
    }

    public sealed interface Freezing {
        record Frozen(Version version) implements Freezing {}

        record Stale(int currentRevision) implements Freezing {}

        record NotFound() implements Freezing {}
    }

    private final ContentStore store;
    private final ContentTypes types;
    private final DocumentCheck check;
    private final ContentRules rules;
    private final NewLocales locales;
    private final LocaleOrigins origins;
    private final Taxonomy taxonomy;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ContentDesk(ContentStore store, ContentTypes types, DocumentCheck check, ContentRules rules, NewLocales locales, LocaleOrigins origins,
            Taxonomy taxonomy, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.types = types;
        this.check = check;
        this.rules = rules;
        this.locales = locales;
        this.origins = origins;
        this.taxonomy = taxonomy;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public Creation create(Actor actor, NewItem newItem) {
        return createAll(actor, List.of(newItem)).getFirst();
    }

    /// Makes those items that are valid, in few statements, and answers for each in the given order.
    @Transactional
    public List<Creation> createAll(Actor actor, List<NewItem> newItems) {
        writer(actor, "item.created", "");
        var refusals = new ArrayList<List<Finding>>();
        var brands = new HashMap<String, Boolean>();
        newItems.forEach(it -> refusals.add(head(actor, it, brands)));
        var checkable = new ArrayList<NewItem>();
        for (int i = 0; i < newItems.size(); i++) {
            if (refusals.get(i).isEmpty()) {
                checkable.add(newItems.get(i));
            }
        }
        var checked = check.checkAll(actor, checkable).iterator();
        for (int i = 0; i < newItems.size(); i++) {
            if (refusals.get(i).isEmpty()) {
                refusals.set(i, checked.next());
            }
        }
        return write(actor, newItems, refusals);
    }

    /// Overwrites the draft if it is still at `expectedRevision`.
    @Transactional
    public Saving saveDraft(Actor actor, String itemId, String locale, int expectedRevision, ObjectNode document) {
        var item = store.findItem(itemId).filter(it -> actor.mayUseContentOf(it.brand())).orElse(null);
        if (item == null) {
            return new Saving.NotFound();
        }
        writer(actor, "draft.saved", item.id());
        var before = store.lockDraft(item.id(), locale).orElse(null);
        if (before == null) {
            return new Saving.NotFound();
        }
        if (before.revision() != expectedRevision) {
            return new Saving.Stale(before.revision());
        }
        var invalid = check.check(actor, item.type(), locale, document);
        if (!invalid.isEmpty()) {
            return new Saving.Invalid(invalid);
        }
        var saved = new Draft(item.id(), locale, before.revision() + 1, document, before.basedOnVersion(), actor.id(), clock.instant());
        if (!store.updateDraft(saved, expectedRevision)) {
            throw new IllegalStateException("the draft's row was locked and yet changed");
        }
        store.deleteLinks(item.id(), locale);
        store.insertLinks(List.of(saved));
        store.insertContributors(List.of(saved));
        var change = DraftChange.between(before, saved);
        audit.record(actor, "draft.saved", "item", item.id(), null, change.before(), change.after());
        events.publishEvent(new DraftSaved(item.id(), locale));
        return new Saving.Saved(saved, rules.check(item, locale, document, null, Moment.WRITING));
    }

    /// That a copy within one language is right although it is its source's text, word for word. Holds for exactly these words.
    @Transactional
    public Confirming confirmCopy(Actor actor, String itemId, String locale, int expectedRevision) {
        var item = store.findItem(itemId).filter(it -> actor.mayUseContentOf(it.brand())).orElse(null);
        if (item == null) {
            return new Confirming.NotFound();
        }
        writer(actor, "copy.confirmed", item.id());
        var draft = store.lockDraft(item.id(), locale).orElse(null);
        if (draft == null) {
            return new Confirming.NotFound();
        }
        if (draft.revision() != expectedRevision) {
            return new Confirming.Stale(draft.revision());
        }
        var source = origins.find(item.id(), locale).orElse(null);
        if (source == null || !Language.isShared(locale, source.locale())) {
            return new Confirming.NotOneLanguage();
        }
        var words = TranslationRules.fingerprint(TextBlocks.of(draft.document()));
        origins.confirm(item.id(), locale, words, actor.id(), clock.instant());
        audit.record(actor, "copy.confirmed", "item", item.id(), null, null,
                Json.object().put("locale", locale).put("from", source.name()).put("wordsSha256", words));
        events.publishEvent(new DraftSaved(item.id(), locale));
        return new Confirming.Confirmed(draft);
    }

    /// Starts the draft of a locale as a copy: of a version, or, for a new locale, of another locale's text to translate.
    ///
    /// @param fromVersion null: the latest version of the locale if there is one
    @Transactional
    public Starting startDraft(Actor actor, String itemId, String locale, @Nullable Integer fromVersion) {
        return startDraft(actor, itemId, locale, null, fromVersion);
    }

    /// The same from a chosen locale. Starting is not writing: whoever starts one without saving is no contributor.
    ///
    /// @param fromLocale  null: the locale itself where it has versions, else the one that [NewLocales] finds closest
    /// @param fromVersion of that locale; null: its latest version, or its draft where there is none
    @Transactional
    public Starting startDraft(Actor actor, String itemId, String locale, @Nullable String fromLocale, @Nullable Integer fromVersion) {
        var item = store.findItem(itemId).filter(it -> actor.mayUseContentOf(it.brand())).orElse(null);
        if (item == null) {
            return new Starting.NotFound();
        }
        if (taxonomy.find("locales", locale).isEmpty()) {
            return new Starting.UnknownLocale(locale);
        }
        store.lockItem(item.id());
        var existing = store.lockDraft(item.id(), locale);
        if (existing.isPresent()) {
            return new Starting.DraftExists(existing.get());
        }
        boolean own = fromLocale == null || fromLocale.equals(locale);
        var version = !own ? Optional.<Version>empty()
                : fromVersion == null ? store.latestVersion(item.id(), locale) : store.findVersion(item.id(), locale, fromVersion);
        var source = version.isPresent() || own && fromVersion != null ? Optional.<LocaleSource>empty()
                : fromLocale == null || own ? locales.closest(item, locale) : locales.find(item, fromLocale, fromVersion);
        if (version.isEmpty() && source.isEmpty() && (fromVersion != null || fromLocale != null)) {
            return new Starting.NotFound();
        }
        var document = version.map(Version::documentForDraft).or(() -> source.map(it -> locales.translatable(locale, it)))
                .orElseGet(() -> Json.object().put("title", item.key()));
        var draft = new Draft(item.id(), locale, 1, document, version.map(Version::number).orElse(null), actor.id(), clock.instant());
        store.insertDrafts(List.of(draft));
        source.ifPresent(it -> locales.keep(draft, it));
        store.deleteLinks(item.id(), locale);
        store.insertLinks(List.of(draft));
        var after = Json.object().put("locale", locale).put("revision", 1);
        version.ifPresent(it -> after.put("basedOnVersion", it.number()));
        source.ifPresent(it -> {
            after.put("fromLocale", it.locale());
            if (it.version() != null) {
                after.put("fromVersion", it.version());
            }
        });
        audit.record(actor, "draft.started", "item", item.id(), null, null, after);
        events.publishEvent(new DraftSaved(item.id(), locale));
        return new Starting.Started(draft);
    }

    /// Throws a draft away; the trail keeps its last state (P11-3).
    @Transactional
    public Discarding deleteDraft(Actor actor, String itemId, String locale, int expectedRevision, String reason) {
        var item = store.findItem(itemId).filter(it -> actor.mayUseContentOf(it.brand())).orElse(null);
        if (item == null) {
            return new Discarding.NotFound();
        }
        writer(actor, "draft.deleted", item.id());
        var draft = store.lockDraft(item.id(), locale).orElse(null);
        if (draft == null) {
            return new Discarding.NotFound();
        }
        if (draft.revision() != expectedRevision) {
            return new Discarding.Stale(draft.revision());
        }
        var latest = store.latestVersion(item.id(), locale);
        if (latest.isEmpty() && store.listDrafts(item.id()).size() == 1 && store.listVersions(item.id()).isEmpty()) {
            return new Discarding.OnlyCopy();
        }
        store.deleteDraft(item.id(), locale);
        store.deleteLinks(item.id(), locale);
        latest.ifPresent(it -> store.insertLinks(List.of(
                new Draft(item.id(), locale, 1, it.document(), null, actor.id(), clock.instant()))));
        var before = Json.object().put("locale", locale).put("revision", draft.revision());
        before.set("document", draft.document());
        audit.record(actor, "draft.deleted", "item", item.id(), reason, before, null);
        events.publishEvent(new DraftSaved(item.id(), locale));
        return new Discarding.Discarded();
    }

    /// Makes the next immutable version of the draft and removes the draft; part of a submission, so it joins the caller's
    /// transaction. Whether the content may be submitted was decided before, by [ContentRules].
    @Transactional
    public Freezing freeze(Actor actor, String itemId, String locale, int expectedRevision) {
        var item = store.findItem(itemId).filter(it -> actor.mayUseContentOf(it.brand())).orElse(null);
        if (item == null) {
            return new Freezing.NotFound();
        }
        var draft = store.lockDraft(item.id(), locale).orElse(null);
        if (draft == null) {
            return new Freezing.NotFound();
        }
        if (draft.revision() != expectedRevision) {
            return new Freezing.Stale(draft.revision());
        }
        int number = store.latestVersion(item.id(), locale).map(Version::number).orElse(0) + 1;
        int schemaVersion = types.get(item.type()).schemaVersion();
        var canonical = CanonicalJson.text(record(item, locale, number, schemaVersion, draft.document()));
        var version = new Version(item.id(), locale, number, schemaVersion, draft.document(), canonical, Sha256.hex(canonical),
                actor.id(), clock.instant());
        store.insertVersion(version);
        store.deleteDraft(item.id(), locale);
        audit.record(actor, "version.submitted", "item", item.id(), null, null, Json.object()
                .put("locale", locale).put("number", number).put("sha256", version.sha256()).put("revision", draft.revision()));
        events.publishEvent(new VersionSubmitted(item.id(), locale, number));
        return new Freezing.Frozen(version);
    }

    /// What a version's hash is taken over; see table content_version.
    static ObjectNode record(Item item, String locale, int number, int schemaVersion, ObjectNode document) {
        var record = Json.object();
        if (item.brand() != null) {
            record.put("brand", item.brand());
        }
        record.set("document", document);
        return record.put("id", item.id()).put("key", item.key()).put("kind", item.kind()).put("locale", locale)
                .put("number", number).put("schemaVersion", schemaVersion).put("type", item.type());
    }

    private List<Creation> write(Actor actor, List<NewItem> newItems, List<List<Finding>> refusals) {
        var now = clock.instant();
        var valid = new ArrayList<NewItem>();
        for (int i = 0; i < newItems.size(); i++) {
            if (refusals.get(i).isEmpty()) {
                valid.add(newItems.get(i));
            }
        }
        var drafts = valid.stream().map(it -> new Draft(Ids.next("itm"), it.locale(), 1, it.document(), null, actor.id(), now)).toList();
        var keys = store.insertItems(valid, valid.stream().map(it -> types.get(it.type()).prefix()).toList(), drafts);
        store.insertLinks(drafts);
        var made = new ArrayList<Creation>();
        for (int i = 0; i < drafts.size(); i++) {
            var it = valid.get(i);
            var item = new Item(drafts.get(i).itemId(), keys.get(i), it.type(), it.kind(), it.brand(), actor.id(), now);
            made.add(new Creation.Created(item, drafts.get(i)));
            var after = Json.object().put("key", item.key()).put("type", item.type()).put("kind", item.kind());
            if (item.brand() != null) {
                after.put("brand", item.brand());
            }
            audit.record(actor, "item.created", "item", item.id(), null, null, after.put("locale", it.locale())
                    .put("title", it.document().path("title").asString("")));
            events.publishEvent(new ItemCreated(item.id()));
        }
        var next = made.iterator();
        return refusals.stream().map(it -> it.isEmpty() ? next.next() : new Creation.Invalid(it)).toList();
    }

    private List<Finding> head(Actor actor, NewItem it, Map<String, Boolean> brands) {
        var findings = new ArrayList<Finding>();
        if (types.find(it.type()).isEmpty()) {
            findings.add(notAllowed("type", "Choose a content type that exists; “%s” does not.".formatted(it.type())));
        }
        if (!KINDS.contains(it.kind())) {
            findings.add(notAllowed("kind", "Choose one of promotional, non-promotional, scientific-exchange."));
        }
        var brand = it.brand();
        if (brand != null && !(actor.mayUseBrand(brand) && brands.computeIfAbsent(brand, store::brandExists))) {
            findings.add(notAllowed("brand", "Choose a brand that you work for; “%s” is none.".formatted(brand)));
        }
        if (taxonomy.find("locales", it.locale()).isEmpty()) {
            findings.add(notAllowed("locale", "Choose a locale of the vocabulary; “%s” is not in it.".formatted(it.locale())));
        }
        return findings;
    }

    private static Finding notAllowed(String field, String message) {
        return new Finding("not-allowed-value", Severity.BLOCK, "/" + field, message, null);
    }

    /// Only writers change content, on whatever path they come; a refusal is logged (P11-5, S11).
    private void writer(Actor actor, String action, String itemId) {
        Objects.requireNonNull(actor, "content is never changed by nobody");
        if (!actor.has(Role.WRITER)) {
            audit.recordRefusal(actor, action, "item", itemId, "needs the role writer");
            throw Problem.FORBIDDEN.because("Only writers change content; ask a writer, or your administrator for the role.");
        }
    }
}
