package io.throughline.content;

import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Renditions and what they hold, in PostgreSQL. Both are facts.
@Repository
class RenditionStore {

    private final JdbcClient jdbc;

    RenditionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Rendition rendition, Instant madeAt) {
        jdbc.sql("""
                        insert into rendition (item_id, locale, version_number, market, canonical, sha256, made_at)
                        values (:item, :locale, :version, :market, :canonical, :sha256, :at)
                        """)
                .param("item", rendition.itemId()).param("locale", rendition.locale()).param("version", rendition.versionNumber())
                .param("market", rendition.market()).param("canonical", rendition.canonical()).param("sha256", rendition.sha256())
                .param("at", madeAt.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        insert into bound_reference (item_id, locale, version_number, market, reference_id, doi, pmid)
                        select :item, :locale, :version, :market, key, lower(substring(value ->> 'DOI' from '10\\.[0-9]{4,9}[./].*$')), value ->> 'PMID'
                          from jsonb_each(cast(:canonical as jsonb) -> 'references')
                        """)
                .param("item", rendition.itemId()).param("locale", rendition.locale()).param("version", rendition.versionNumber())
                .param("market", rendition.market()).param("canonical", rendition.canonical())
                .update();
        if (rendition.parts().isEmpty()) {
            return;
        }
        var parts = rendition.parts();
        jdbc.sql("""
                        insert into bound_part (item_id, locale, version_number, market, part_id, relation, part_version, position)
                        select :item, :locale, :version, :market, part, relation, bound, place - 1
                          from unnest(:parts::text[], :relations::text[], :bound::integer[]) with ordinality as p (part, relation, bound, place)
                        """)
                .param("item", rendition.itemId()).param("locale", rendition.locale()).param("version", rendition.versionNumber())
                .param("market", rendition.market())
                .param("parts", parts.stream().map(BoundPart::itemId).toArray(String[]::new))
                .param("relations", parts.stream().map(BoundPart::relation).toArray(String[]::new))
                .param("bound", parts.stream().map(BoundPart::version).toArray(Integer[]::new))
                .update();
    }

    Optional<Rendition> find(String itemId, String locale, int versionNumber, String market) {
        return jdbc.sql("""
                        select item_id, locale, version_number, market, canonical, sha256 from rendition
                         where item_id = :item and locale = :locale and version_number = :version and market = :market
                        """)
                .param("item", itemId).param("locale", locale).param("version", versionNumber).param("market", market)
                .query((row, _) -> rendition(row)).optional();
    }

    Optional<Rendition> findAny(String itemId, String locale, int versionNumber) {
        return jdbc.sql("""
                        select item_id, locale, version_number, market, canonical, sha256 from rendition
                         where item_id = :item and locale = :locale and version_number = :version order by made_at, market limit 1
                        """)
                .param("item", itemId).param("locale", locale).param("version", versionNumber)
                .query((row, _) -> rendition(row)).optional();
    }

    /// What it holds is read from the text that was signed; the table of parts only answers who holds what.
    private static Rendition rendition(ResultSet row) throws SQLException {
        var canonical = row.getString("canonical");
        var parts = new ArrayList<BoundPart>();
        Json.parse(canonical).path("parts").forEach(part -> parts.add(new BoundPart(part.path("id").asString(""), part.path("relation").asString(""),
                part.has("version") ? part.path("version").asInt() : null)));
        return new Rendition(row.getString("item_id"), row.getString("locale"), row.getInt("version_number"), row.getString("market"), canonical,
                row.getString("sha256"), parts);
    }
}
