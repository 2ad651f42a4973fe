package io.throughline.content;

import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tables of this module. Writes are single statements or batches; who may write is decided before.
@Repository
class ContentStore {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    ContentStore(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /// Makes items, each with its first draft, whose writer is its first contributor: one statement, however many there are. The numbers of
    /// keys are taken for good, also when the transaction is rolled back.
    ///
    /// @param prefixes of the keys, one for each item
    /// @param drafts   one for each item, all by one person at one moment
    /// @return the keys, in the same order
    List<String> insertItems(List<NewItem> items, List<String> prefixes, List<Draft> drafts) {
        if (items.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        with made as materialized (
                               select place, id, prefix || '-' || nextval(sequence::regclass) as key, type, kind, brand, locale, document
                                 from (select * from unnest(:ids::text[], :prefixes::text[], :sequences::text[], :types::text[], :kinds::text[], :brands::text[],
                                                            :locales::text[], :documents::text[])
                                                with ordinality as given (id, prefix, sequence, type, kind, brand, locale, document, place)
                                        order by place) as given),
                             item as (insert into content_item (id, key, type, kind, brand, created_by, created_at)
                                      select id, key, type, kind, brand, :by, :at from made order by place),
                             draft as (insert into content_draft (item_id, locale, revision, document, updated_by, updated_at)
                                       select id, locale, 1, document::jsonb, :by, :at from made order by place),
                             contributor as (insert into content_contributor (item_id, locale, person_id, since)
                                             select id, locale, :by, :at from made order by place)
                        select key from made order by place
                        """)
                .param("ids", texts(drafts, Draft::itemId)).param("prefixes", prefixes.toArray(String[]::new))
                .param("sequences", texts(prefixes, KeySequences::name))
                .param("types", texts(items, NewItem::type)).param("kinds", texts(items, NewItem::kind)).param("brands", texts(items, NewItem::brand))
                .param("locales", texts(drafts, Draft::locale)).param("documents", texts(drafts, it -> Json.text(it.document())))
                .param("by", drafts.getFirst().updatedBy()).param("at", utc(drafts.getFirst().updatedAt()))
                .query((row, _) -> row.getString("key")).list();
    }

    private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        var texts = new ArrayList<@Nullable String>(rows.size());
        rows.forEach(it -> texts.add(column.apply(it)));
        return texts.toArray(String[]::new);
    }

    void insertDrafts(List<Draft> drafts) {
        batches.batchUpdate("""
                insert into content_draft (item_id, locale, revision, document, based_on_version, updated_by, updated_at)
                values (:item, :locale, :revision, cast(:document as jsonb), :based, :by, :at)
                """, drafts.stream().map(it -> new MapSqlParameterSource()
                .addValue("item", it.itemId()).addValue("locale", it.locale()).addValue("revision", it.revision())
                .addValue("document", Json.text(it.document())).addValue("based", it.basedOnVersion())
                .addValue("by", it.updatedBy()).addValue("at", utc(it.updatedAt())))
                .toArray(SqlParameterSource[]::new));
    }

    /// False when the draft is no longer at `expectedRevision`: the update is the guard, so two editors can't both pass.
    boolean updateDraft(Draft saved, int expectedRevision) {
        return jdbc.sql("""
                        update content_draft
                           set revision = :revision, document = cast(:document as jsonb), updated_by = :by, updated_at = :at
                         where item_id = :item and locale = :locale and revision = :expected
                        """)
                .param("revision", saved.revision()).param("document", Json.text(saved.document()))
                .param("by", saved.updatedBy()).param("at", utc(saved.updatedAt()))
                .param("item", saved.itemId()).param("locale", saved.locale()).param("expected", expectedRevision)
                .update() == 1;
    }

    void deleteDraft(String itemId, String locale) {
        jdbc.sql("delete from content_draft where item_id = :item and locale = :locale")
                .param("item", itemId).param("locale", locale).update();
    }

    void insertContributors(Collection<Draft> drafts) {
        batches.batchUpdate("""
                insert into content_contributor (item_id, locale, person_id, since) values (:item, :locale, :person, :at)
                on conflict do nothing
                """, drafts.stream().map(it -> new MapSqlParameterSource()
                .addValue("item", it.itemId()).addValue("locale", it.locale())
                .addValue("person", it.updatedBy()).addValue("at", utc(it.updatedAt())))
                .toArray(SqlParameterSource[]::new));
    }

    void insertLinks(Collection<Draft> drafts) {
        var rows = drafts.stream().flatMap(draft -> DocumentLinks.of(draft.document()).stream()
                .map(link -> new MapSqlParameterSource()
                        .addValue("item", draft.itemId()).addValue("locale", draft.locale()).addValue("relation", link.relation())
                        .addValue("target", link.targetId()).addValue("position", link.position())))
                .toArray(SqlParameterSource[]::new);
        if (rows.length > 0) {
            batches.batchUpdate("""
                    insert into content_link (item_id, locale, relation, target_id, position)
                    values (:item, :locale, :relation, :target, :position)
                    """, rows);
        }
    }

    void deleteLinks(String itemId, String locale) {
        jdbc.sql("delete from content_link where item_id = :item and locale = :locale")
                .param("item", itemId).param("locale", locale).update();
    }

    void insertVersion(Version version) {
        jdbc.sql("""
                        insert into content_version (item_id, locale, number, schema_version, document, canonical, sha256, submitted_by, submitted_at)
                        values (:item, :locale, :number, :schema, cast(:document as jsonb), :canonical, :sha256, :by, :at)
                        """)
                .param("item", version.itemId()).param("locale", version.locale()).param("number", version.number())
                .param("schema", version.schemaVersion()).param("document", Json.text(version.document()))
                .param("canonical", version.canonical()).param("sha256", version.sha256())
                .param("by", version.submittedBy()).param("at", utc(version.submittedAt()))
                .update();
    }

    Optional<Item> findItem(String idOrKey) {
        return jdbc.sql("select id, key, type, kind, brand, created_by, created_at from content_item where id = :it or key = :it")
                .param("it", idOrKey).query(ContentStore::item).optional();
    }

    /// The item's row locked: versions of one item are numbered one after the other. Not `for update`: that would wait for
    /// every insert that refers to the item, and two that both hold such a reference would wait for each other.
    void lockItem(String itemId) {
        jdbc.sql("select id from content_item where id = :id for no key update").param("id", itemId).query(String.class).single();
    }

    Optional<Draft> findDraft(String itemId, String locale) {
        return draft(itemId, locale, DRAFT);
    }

    /// With its row locked until the transaction ends.
    Optional<Draft> lockDraft(String itemId, String locale) {
        return draft(itemId, locale, DRAFT + " for update");
    }

    private static final String DRAFT = """
            select item_id, locale, revision, document, based_on_version, updated_by, updated_at
              from content_draft where item_id = :item and locale = :locale
            """;

    private Optional<Draft> draft(String itemId, String locale, String statement) {
        return jdbc.sql(statement)
                .param("item", itemId).param("locale", locale).query(ContentStore::draft).optional();
    }

    List<Draft> listDrafts(String itemId) {
        return jdbc.sql("""
                        select item_id, locale, revision, document, based_on_version, updated_by, updated_at
                          from content_draft where item_id = :item order by locale
                        """)
                .param("item", itemId).query(ContentStore::draft).list();
    }

    private static final String VERSION_COLUMNS =
            "select item_id, locale, number, schema_version, document, canonical, sha256, submitted_by, submitted_at from content_version ";

    Optional<Version> findVersion(String itemId, String locale, int number) {
        return jdbc.sql(VERSION_COLUMNS + "where item_id = :item and locale = :locale and number = :number")
                .param("item", itemId).param("locale", locale).param("number", number).query(ContentStore::version).optional();
    }

    Optional<Version> latestVersion(String itemId, String locale) {
        return jdbc.sql(VERSION_COLUMNS + "where item_id = :item and locale = :locale order by number desc limit 1")
                .param("item", itemId).param("locale", locale).query(ContentStore::version).optional();
    }

    List<Version> listVersions(String itemId) {
        return jdbc.sql(VERSION_COLUMNS + "where item_id = :item order by locale, number desc")
                .param("item", itemId).query(ContentStore::version).list();
    }

    Set<String> developers(String itemId, String locale) {
        return jdbc.sql("select content_developers(:item, :locale) as person_id")
                .param("item", itemId).param("locale", locale).query((row, _) -> row.getString("person_id")).set();
    }

    /// Newest numbers by item id, of those that have a version in the locale.
    Map<String, Integer> latestNumbers(Collection<String> itemIds, String locale) {
        var numbers = new HashMap<String, Integer>();
        jdbc.sql("select item_id, max(number) as number from content_version where item_id in (:ids) and locale = :locale group by item_id")
                .param("ids", itemIds).param("locale", locale)
                .query(row -> {
                    numbers.put(row.getString("item_id"), row.getInt("number"));
                });
        return numbers;
    }

    /// One version of each item, by item id, in one statement.
    Map<String, Version> findVersions(Map<String, Integer> numbers, String locale) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<String, Version>();
        var ids = List.copyOf(numbers.keySet());
        jdbc.sql(VERSION_COLUMNS + """
                        join unnest(:ids::text[], :numbers::integer[]) as wanted (wanted_id, wanted_number) on item_id = wanted_id and number = wanted_number
                         where locale = :locale
                        """)
                .param("ids", ids.toArray(String[]::new)).param("numbers", ids.stream().map(numbers::get).toArray(Integer[]::new)).param("locale", locale)
                .query(ContentStore::version).list().forEach(it -> found.put(it.itemId(), it));
        return found;
    }

    /// Those that exist, by id.
    Map<String, Item> findItems(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<String, Item>();
        jdbc.sql("select id, key, type, kind, brand, created_by, created_at from content_item where id in (:ids)")
                .param("ids", ids).query(ContentStore::item).list().forEach(it -> found.put(it.id(), it));
        return found;
    }

    boolean brandExists(String brand) {
        return jdbc.sql("select exists (select from brand where key = :brand)").param("brand", brand).query(Boolean.class).single();
    }

    List<Use> usedIn(String itemId) {
        return jdbc.sql("""
                        select l.item_id, i.key, i.type, l.locale, l.relation,
                               coalesce(d.document ->> 'title', v.document ->> 'title', i.key) as title
                          from content_link l
                          join content_item i on i.id = l.item_id
                          left join content_draft d on d.item_id = l.item_id and d.locale = l.locale
                          left join lateral (select document from content_version v
                                              where v.item_id = l.item_id and v.locale = l.locale
                                              order by number desc limit 1) v on true
                         where l.target_id = :item
                         order by i.key, l.locale, l.relation
                        """)
                .param("item", itemId)
                .query((row, _) -> new Use(row.getString("item_id"), row.getString("key"), row.getString("type"),
                        row.getString("locale"), row.getString("title"), row.getString("relation")))
                .list();
    }

    /// Those of `ids` that exist, in one query. `locale` chooses the wording of a claim.
    /// Ids by key or id, of those that exist.
    Map<String, String> ids(Collection<String> keysOrIds) {
        if (keysOrIds.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<String, String>();
        jdbc.sql("select id, key from content_item where key in (:all) or id in (:all)").param("all", keysOrIds).query(row -> {
            found.put(row.getString("id"), row.getString("id"));
            found.put(row.getString("key"), row.getString("id"));
        });
        return found;
    }

    Map<String, LinkedItem> linkedItems(Collection<String> ids, String locale) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<String, LinkedItem>();
        jdbc.sql("""
                        with current_document as (
                          select item_id, locale, document, 1 as rank from (
                            select distinct on (item_id, locale) item_id, locale, document from content_version
                             where item_id in (:ids) order by item_id, locale, number desc) latest
                          union all
                          select item_id, locale, document, 2 from content_draft where item_id in (:ids))
                        select i.id, i.key, i.type, i.kind, i.brand,
                               coalesce(array_agg(distinct c.locale) filter (where c.locale is not null), '{}') as locales,
                               coalesce(array_agg(distinct c.locale) filter (where c.rank = 1), '{}') as submitted,
                               coalesce(bool_or((c.document ->> 'efficacyClaim')::boolean), false) as efficacy,
                               coalesce((array_agg(c.document ->> 'text' order by (c.locale = :locale) desc, c.rank, c.locale)
                                         filter (where c.document ->> 'text' is not null))[1], '') as text,
                               (array_agg(jsonb_build_object('rules', coalesce(c.document -> 'rules', '[]'::jsonb))
                                          order by (c.locale = :locale) desc, c.rank, c.locale))[1] as rules
                          from content_item i left join current_document c on c.item_id = i.id
                         where i.id in (:ids)
                         group by i.id
                        """)
                .param("ids", ids).param("locale", locale)
                .query((row, _) -> new LinkedItem(row.getString("id"), row.getString("key"),
                        Set.of((String[]) row.getArray("locales").getArray()), Set.of((String[]) row.getArray("submitted").getArray()), row.getString("type"), row.getString("kind"),
                        row.getString("brand"), row.getBoolean("efficacy"), row.getString("text"),
                        Rules.of(Json.parse(row.getString("rules")))))
                .list().forEach(it -> found.put(it.id(), it));
        return found;
    }

    private static Item item(ResultSet row, int index) throws SQLException {
        return new Item(row.getString("id"), row.getString("key"), row.getString("type"), row.getString("kind"),
                row.getString("brand"), row.getString("created_by"), instant(row, "created_at"));
    }

    private static Draft draft(ResultSet row, int index) throws SQLException {
        return new Draft(row.getString("item_id"), row.getString("locale"), row.getInt("revision"),
                Json.parseObject(row.getString("document")), row.getObject("based_on_version", Integer.class),
                row.getString("updated_by"), instant(row, "updated_at"));
    }

    private static Version version(ResultSet row, int index) throws SQLException {
        return new Version(row.getString("item_id"), row.getString("locale"), row.getInt("number"), row.getInt("schema_version"),
                Json.parseObject(row.getString("document")), row.getString("canonical"), row.getString("sha256"),
                row.getString("submitted_by"), instant(row, "submitted_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
