package io.throughline.search;

import io.throughline.content.Contents;
import io.throughline.content.Draft;
import io.throughline.content.LocalCopies;
import io.throughline.content.LocalCopy;
import io.throughline.content.Version;
import io.throughline.identity.People;
import io.throughline.publication.Impact;
import io.throughline.publication.Publication;
import io.throughline.publication.PublicationDesk;
import io.throughline.shared.Actor;
import io.throughline.strategy.BriefName;
import io.throughline.strategy.Briefs;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Everything about one item that the screens show beside its text, from PostgreSQL: it is there as soon as it is written.
@Service
class ItemDetails {

    record PersonName(String id, String displayName) {}

    record DraftView(int revision, Instant updatedAt, PersonName updatedBy) {}

    record VersionView(int number, String sha256, Instant submittedAt) {}

    record JobView(String code, String market, String state) {}

    record UseView(String id, String key, String title, String relation) {}

    record LocaleView(String locale, String state, String title, @Nullable LocalCopy copyOf, @Nullable DraftView draft, @Nullable VersionView latestVersion, List<JobView> jobs,
            List<Publication> publications) {}

    record ItemDetail(String id, String key, String type, String kind, @Nullable String brand, PersonName createdBy, Instant createdAt,
            List<LocaleView> locales, List<UseView> usedIn, boolean efficacyClaim, @Nullable BriefName brief, List<Impact> impacts) {}

    private record Job(String locale, JobView view) {}

    private final Contents contents;
    private final PublicationDesk publications;
    private final People people;
    private final Briefs briefs;
    private final LibraryRows rows;
    private final LocalCopies copies;
    private final JdbcClient jdbc;

    ItemDetails(Contents contents, PublicationDesk publications, People people, Briefs briefs, LibraryRows rows, LocalCopies copies, JdbcClient jdbc) {
        this.contents = contents;
        this.publications = publications;
        this.people = people;
        this.briefs = briefs;
        this.rows = rows;
        this.copies = copies;
        this.jdbc = jdbc;
    }

    /// @throws io.throughline.shared.ProblemException NOT_FOUND for what is not there and for a brand the person doesn't work for
    ItemDetail get(Actor actor, String idOrKey) {
        var item = contents.getVisible(actor, idOrKey);
        var drafts = new TreeMap<String, Draft>();
        contents.listDrafts(item.id()).forEach(draft -> drafts.put(draft.locale(), draft));
        var versions = new TreeMap<String, Version>();
        contents.listVersions(item.id()).forEach(version -> versions.putIfAbsent(version.locale(), version));
        var jobs = jobs(item.id());
        var published = publications.listFor(item.id());
        var entries = new TreeMap<String, LibraryRows.Entry>();
        rows.list(List.of(item.id())).forEach(entry -> entries.put(entry.locale(), entry));

        var ids = new HashSet<String>();
        ids.add(item.createdBy());
        drafts.values().forEach(draft -> ids.add(draft.updatedBy()));
        var names = people.names(ids);
        var locales = new TreeSet<>(drafts.keySet());
        locales.addAll(versions.keySet());
        var texts = new TreeMap<String, LocalCopies.Text>();
        versions.forEach((locale, version) -> texts.put(locale, new LocalCopies.Text(item.id(), locale, version.documentForDraft())));
        drafts.forEach((locale, draft) -> texts.put(locale, new LocalCopies.Text(item.id(), locale, draft.document())));
        var copied = copies.list(texts.values());
        return new ItemDetail(item.id(), item.key(), item.type(), item.kind(), item.brand(), person(names, item.createdBy()), item.createdAt(),
                locales.stream().map(locale -> {
                    var entry = entries.get(locale);
                    var draft = drafts.get(locale);
                    var version = versions.get(locale);
                    return new LocaleView(locale, entry == null ? "draft" : entry.state(), entry == null ? "" : entry.title(),
                            copied.get(texts.get(locale)),
                            draft == null ? null : new DraftView(draft.revision(), draft.updatedAt(), person(names, draft.updatedBy())),
                            version == null ? null : new VersionView(version.number(), version.sha256(), version.submittedAt()),
                            jobs.stream().filter(job -> job.locale().equals(locale)).map(Job::view).toList(),
                            published.stream().filter(publication -> publication.locale().equals(locale)).toList());
                }).toList(),
                contents.usedIn(item.id()).stream().map(use -> new UseView(use.itemId(), use.key(), use.title(), use.relation())).toList(),
                Stream.concat(drafts.values().stream().map(Draft::document), versions.values().stream().map(Version::document))
                        .anyMatch(it -> it.path("efficacyClaim").asBoolean(false)),
                briefs.findOf(actor, item.id()).orElse(null),
                publications.listImpacts(item.id()).stream().filter(it -> actor.mayUseMarket(it.market())).toList());
    }

    private List<Job> jobs(String itemId) {
        return jdbc.sql("select code, locale, market, state from review_job where item_id = :item order by opened_at desc, code")
                .param("item", itemId)
                .query((row, _) -> new Job(row.getString("locale"), new JobView(row.getString("code"), row.getString("market"), row.getString("state"))))
                .list();
    }

    private static PersonName person(Map<String, String> names, String id) {
        return new PersonName(id, names.getOrDefault(id, id));
    }
}
