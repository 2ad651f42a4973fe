package io.throughline.search;

import io.throughline.content.ContentRules;
import io.throughline.content.Item;
import io.throughline.content.LocalCopies;
import io.throughline.content.LocalCopy;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the library says of an item in a locale, joined from drafts, versions, reviews, approvals and publications.
@Repository
class LibraryRows {

    /// @param impacted whether something that an approved text of it holds has changed or ended (RV-6)
    /// @param row      the list's row as JSON, without highlights and findings
    record Entry(String itemId, String key, String type, String kind, @Nullable String brand, String locale, String title, String state,
            Set<String> markets, boolean impacted, Instant updatedAt, String updatedBy, ObjectNode document, ObjectNode row) {

        String id() {
            return id(itemId, locale);
        }

        static String id(String itemId, String locale) {
            return itemId + "." + locale;
        }

        /// What its findings are asked with.
        ContentRules.Writing writing() {
            return new ContentRules.Writing(new Item(itemId, key, type, kind, brand, updatedBy, updatedAt), locale, document);
        }
    }

    private final JdbcClient jdbc;
    private final LocalCopies copies;
    private final Clock clock;

    LibraryRows(JdbcClient jdbc, LocalCopies copies, Clock clock) {
        this.jdbc = jdbc;
        this.copies = copies;
        this.clock = clock;
    }

    List<Entry> list(Collection<String> itemIds) {
        var now = clock.instant();
        var entries = jdbc.sql("""
                        with part as (
                             select item_id, locale from content_draft where item_id = any(:ids)
                              union select item_id, locale from content_version where item_id = any(:ids))
                        select i.id, i.key, i.type, i.kind, i.brand, part.locale,
                               coalesce(d.document, v.document) as document,
                               coalesce(d.updated_at, v.submitted_at) as updated_at,
                               coalesce(d.updated_by, v.submitted_by) as updated_by,
                               w.display_name as updated_by_name,
                               d.item_id is not null as has_draft,
                               (select min(j.state) from review_job j where j.item_id = part.item_id and j.locale = part.locale
                                   and j.state in ('in-review', 'revise-and-resubmit')) as review,
                               exists (select 1 from approval a where a.item_id = part.item_id and a.locale = part.locale
                                   and a.valid_until > :now
                                   and not exists (select 1 from approval_end e where e.approval_id = a.id)) as approved,
                               exists (select 1 from open_impact o where o.item_id = part.item_id and o.locale = part.locale) as impacted,
                               (select json_agg(json_build_object('market', p.market, 'reason', p.end_reason, 'from', p.effective_from,
                                           'until', p.effective_until) order by p.market)
                                  from (select distinct on (market) * from publication
                                         where item_id = part.item_id and locale = part.locale
                                         order by market, started_sequence desc) p) as publications
                          from part
                          join content_item i on i.id = part.item_id
                          left join content_draft d on d.item_id = part.item_id and d.locale = part.locale
                          left join lateral (select * from content_version x where x.item_id = part.item_id and x.locale = part.locale
                                              order by x.number desc limit 1) v on true
                          join person w on w.id = coalesce(d.updated_by, v.submitted_by)
                         order by i.id, part.locale
                        """)
                .param("ids", itemIds.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> entry(row, now)).list();
        var texts = new HashMap<String, LocalCopies.Text>();
        entries.forEach(it -> texts.put(it.id(), new LocalCopies.Text(it.itemId(), it.locale(), it.document())));
        var copied = copies.list(texts.values());
        entries.forEach(it -> {
            var copy = copied.get(texts.get(it.id()));
            if (copy != null) {
                it.row().set("copyOf", source(copy));
            }
        });
        return entries;
    }

    /// What a list says of a copy; where its words are equal stands with its draft.
    private static ObjectNode source(LocalCopy copy) {
        var source = Json.object().put("locale", copy.locale()).put("state", Kebab.of(copy.state()));
        if (copy.version() != null) {
            source.put("version", copy.version());
        }
        if (copy.revision() != null) {
            source.put("revision", copy.revision());
        }
        return source;
    }

    private static Entry entry(ResultSet row, Instant now) throws SQLException {
        var publications = row.getString("publications");
        var document = Json.parseObject(row.getString("document"));
        var title = document.path("title").asString("");
        var updatedAt = row.getObject("updated_at", OffsetDateTime.class).toInstant();
        var json = Json.object()
                .put("id", row.getString("id"))
                .put("key", row.getString("key"))
                .put("type", row.getString("type"))
                .put("kind", row.getString("kind"));
        if (row.getString("brand") != null) {
            json.put("brand", row.getString("brand"));
        }
        json.put("locale", row.getString("locale")).put("title", title);
        var states = new ArrayList<String>();
        var markets = new LinkedHashSet<String>();
        var marketStates = Json.mapper().createArrayNode();
        if (publications != null) {
            for (var publication : Json.parse(publications)) {
                var state = state(publication, now);
                states.add(state);
                markets.add(publication.path("market").asString());
                marketStates.addObject().put("market", publication.path("market").asString()).put("state", state)
                        .put("until", OffsetDateTime.parse(publication.path("until").asString()).toInstant().toString());
            }
        }
        var state = state(row.getString("review"), row.getBoolean("has_draft"), states, row.getBoolean("approved"));
        boolean impacted = row.getBoolean("impacted");
        json.put("state", state).put("impacted", impacted).set("markets", marketStates);
        json.put("updatedAt", updatedAt.toString());
        json.putObject("updatedBy").put("id", row.getString("updated_by")).put("displayName", row.getString("updated_by_name"));
        return new Entry(row.getString("id"), row.getString("key"), row.getString("type"), row.getString("kind"), row.getString("brand"),
                row.getString("locale"), title, state, markets, impacted, updatedAt, row.getString("updated_by"), document, json);
    }

    private static String state(JsonNode publication, Instant now) {
        if (publication.hasNonNull("reason")) {
            return publication.path("reason").asString();
        }
        if (now.isBefore(OffsetDateTime.parse(publication.path("from").asString()).toInstant())) {
            return "approved";
        }
        return now.isBefore(OffsetDateTime.parse(publication.path("until").asString()).toInstant()) ? "effective" : "expired";
    }

    /// What is being worked on counts before what is out: a review, then a draft, then the publications, then an approval.
    static String state(@Nullable String review, boolean hasDraft, List<String> publications, boolean approved) {
        if (review != null) {
            return review;
        }
        if (hasDraft) {
            return "draft";
        }
        for (var state : List.of("effective", "approved", "impacted", "withdrawn", "expired", "superseded")) {
            if (publications.contains(state)) {
                return state;
            }
        }
        return approved ? "approved" : "draft";
    }
}
