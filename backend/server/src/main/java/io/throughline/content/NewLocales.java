package io.throughline.content;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// What the text of a new locale starts as: a copy of another one, with what accompanies it in its own locale (LC-1, LC-2).
@Component
class NewLocales {

    /// Field -> the type of item that it names. Another item may say the same for another market; a claim is the same everywhere.
    private static final Map<String, String> ACCOMPANYING = Map.of(
            "safetyInformation", "safety-information", "prescribingInformation", "prescribing-information");

    private final ContentStore store;
    private final LocaleOrigins origins;
    private final JdbcClient jdbc;

    NewLocales(ContentStore store, LocaleOrigins origins, JdbcClient jdbc) {
        this.store = store;
        this.origins = origins;
        this.jdbc = jdbc;
    }

    /// The text that a locale starts from when nobody chose one: in its own language if there is one, else the one the item began with.
    Optional<LocaleSource> closest(Item item, String locale) {
        var locales = jdbc.sql("""
                        select locale from content_draft where item_id = :item
                         union select locale from content_version where item_id = :item
                        """).param("item", item.id()).query((row, _) -> row.getString("locale")).list();
        var first = jdbc.sql("select locale from content_contributor where item_id = :item order by since, locale limit 1")
                .param("item", item.id()).query((row, _) -> row.getString("locale")).optional().orElse("");
        return locales.stream().filter(it -> !it.equals(locale))
                .min(Comparator.<String, Boolean>comparing(it -> !Language.isShared(it, locale)).thenComparing(it -> !it.equals(first))
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(it -> find(item, it, null));
    }

    /// @param version null: the latest, or the draft where there is none
    Optional<LocaleSource> find(Item item, String locale, @Nullable Integer version) {
        if (version != null) {
            return store.findVersion(item.id(), locale, version).map(LocaleSource::of);
        }
        return store.latestVersion(item.id(), locale).map(LocaleSource::of).or(() -> store.findDraft(item.id(), locale).map(LocaleSource::of));
    }

    /// The source's document with the safety and prescribing information of the locale. Where there is none, or more than one to
    /// choose from, the source's stays and is a finding: see [PartLocales].
    ObjectNode translatable(String locale, LocaleSource source) {
        var document = source.document().deepCopy();
        var linked = store.linkedItems(ACCOMPANYING.keySet().stream().map(it -> document.path(it).asString("")).filter(it -> !it.isEmpty()).toList(), locale);
        ACCOMPANYING.forEach((field, type) -> {
            var item = linked.get(document.path(field).asString(""));
            if (item != null && !item.locales().contains(locale)) {
                only(counterparts(item, type, locale)).ifPresent(it -> document.put(field, it));
            }
        });
        return document;
    }

    void keep(Draft started, LocaleSource source) {
        origins.insert(started, source);
    }

    private record Candidate(String id, boolean submitted) {}

    /// Submitted ones before drafts.
    private static Optional<String> only(List<Candidate> candidates) {
        var submitted = candidates.stream().filter(Candidate::submitted).toList();
        var some = submitted.isEmpty() ? candidates : submitted;
        return some.size() == 1 ? Optional.of(some.getFirst().id()) : Optional.empty();
    }

    /// Of the same brand and kind, with a text in the locale.
    private List<Candidate> counterparts(LinkedItem item, String type, String locale) {
        return jdbc.sql("""
                        select i.id, exists (select from content_version v where v.item_id = i.id and v.locale = :locale) as submitted
                          from content_item i
                         where i.type = :type and i.kind = :kind and i.brand is not distinct from cast(:brand as text)
                           and (exists (select from content_version v where v.item_id = i.id and v.locale = :locale)
                                or exists (select from content_draft d where d.item_id = i.id and d.locale = :locale))
                         order by i.id limit 100
                        """)
                .param("type", type).param("kind", item.kind()).param("brand", item.brand()).param("locale", locale)
                .query((row, _) -> new Candidate(row.getString("id"), row.getBoolean("submitted"))).list();
    }
}
