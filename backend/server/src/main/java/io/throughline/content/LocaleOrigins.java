package io.throughline.content;

import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What the texts of locales were started from (tables content_origin, content_origin_text).
@Repository
class LocaleOrigins {

    /// The newest of each text; of a draft from before its text was kept the source's text of today stands in.
    private static final String NEWEST = """
            select distinct on (o.item_id, o.locale) o.item_id, o.locale, o.from_locale, o.from_version, o.from_revision,
                   coalesce(v.schema_version, 0) as schema_version, coalesce(t.document, v.document, d.document, n.document, '{}') as document,
                   array(select c.words_sha256 from copy_confirmation c where c.origin_id = o.id) as confirmed
              from content_origin o
              left join content_origin_text t on t.origin_id = o.id
              left join content_version v on v.item_id = o.item_id and v.locale = o.from_locale and v.number = o.from_version
              left join content_draft d on o.from_revision is not null and t.origin_id is null and d.item_id = o.item_id and d.locale = o.from_locale
              left join lateral (select document from content_version x where o.from_revision is not null and t.origin_id is null
                                    and x.item_id = o.item_id and x.locale = o.from_locale order by x.number desc limit 1) n on true
            """;

    private final JdbcClient jdbc;

    LocaleOrigins(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Draft started, LocaleSource from) {
        var id = Ids.next("org");
        jdbc.sql("""
                        insert into content_origin (id, item_id, locale, from_locale, from_version, from_revision, started_by, started_at)
                        values (:id, :item, :locale, :from, :version, :revision, :by, :at)
                        """)
                .param("id", id).param("item", started.itemId()).param("locale", started.locale()).param("from", from.locale())
                .param("version", from.version()).param("revision", from.revision())
                .param("by", started.updatedBy()).param("at", started.updatedAt().atOffset(ZoneOffset.UTC))
                .update();
        if (from.version() == null) {
            jdbc.sql("insert into content_origin_text (origin_id, document) values (:id, cast(:document as jsonb))")
                    .param("id", id).param("document", Json.text(from.document())).update();
        }
    }

    /// That the words of a copy are right as they stand. Said again it changes nothing.
    void confirm(String itemId, String locale, String wordsSha256, String personId, Instant now) {
        jdbc.sql("""
                        insert into copy_confirmation (origin_id, words_sha256, confirmed_by, confirmed_at)
                        select o.id, :words, :by, :at from content_origin o
                         where o.item_id = :item and o.locale = :locale order by o.started_at desc, o.id desc limit 1
                        on conflict do nothing
                        """)
                .param("item", itemId).param("locale", locale).param("words", wordsSha256).param("by", personId).param("at", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Empty for a text that began with its item.
    Optional<LocaleSource> find(String itemId, String locale) {
        return jdbc.sql(NEWEST + "where o.item_id = :item and o.locale = :locale order by o.item_id, o.locale, o.started_at desc, o.id desc")
                .param("item", itemId).param("locale", locale).query((row, _) -> source(row)).optional();
    }

    /// By item and locale, as [#key] joins them.
    Map<String, LocaleSource> list(Collection<String> itemIds) {
        if (itemIds.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<String, LocaleSource>();
        jdbc.sql(NEWEST + "where o.item_id = any(:items) order by o.item_id, o.locale, o.started_at desc, o.id desc")
                .param("items", itemIds.toArray(String[]::new))
                .query(row -> {
                    found.put(key(row.getString("item_id"), row.getString("locale")), source(row));
                });
        return found;
    }

    static String key(String itemId, String locale) {
        return itemId + ' ' + locale;
    }

    private static LocaleSource source(ResultSet row) throws SQLException {
        var document = Json.parseObject(row.getString("document"));
        int schema = row.getInt("schema_version");
        return new LocaleSource(row.getString("from_locale"), row.getObject("from_version", Integer.class), row.getObject("from_revision", Integer.class),
                schema > 0 && Dialect.of(schema) == Dialect.NUMBERED ? CitationsByPlace.toIds(document) : document,
                Set.of((String[]) row.getArray("confirmed").getArray()));
    }
}
