package io.throughline.evidence;

import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Doi;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/// The register of references: the same work, byte for byte in canonical CSL-JSON, is kept once.
@Service
public class References {

    private static final int MOST_FOUND = 5;

    private final JdbcClient jdbc;
    private final Clock clock;

    References(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Registers what is new and answers for each in the given order; equal ones get the same id. Two people may register
    /// the same work at the same moment: the hash's unique constraint decides, and both get the one that was kept.
    ///
    /// A CSL `id` is the source's own label and does not make a work a different one; it is left out. Neither does the way in which a
    /// DOI is written; it is kept as [Doi#plain] gives it.
    @Transactional
    public List<RegisteredReference> register(Actor actor, List<ObjectNode> csl) {
        Objects.requireNonNull(actor, "a reference is never registered by nobody");
        if (csl.isEmpty()) {
            return List.of();
        }
        var works = new LinkedHashMap<String, ObjectNode>();
        var hashes = csl.stream().map(given -> {
            var work = comparable(given);
            var hash = CanonicalJson.sha256(work);
            works.putIfAbsent(hash, work);
            return hash;
        }).toList();
        var kept = findByDoi(works);
        var unknown = new LinkedHashMap<>(works);
        unknown.keySet().removeAll(kept.keySet());
        if (!unknown.isEmpty()) {
            insert(actor, unknown);
            kept.putAll(findByHash(unknown.keySet()));
        }
        return hashes.stream().map(it -> Objects.requireNonNull(kept.get(it))).toList();
    }

    private static ObjectNode comparable(ObjectNode csl) {
        var work = csl.deepCopy();
        work.remove("id");
        Doi.plain(work.path("DOI").asString("")).ifPresent(it -> work.put("DOI", it));
        return work;
    }

    public Optional<RegisteredReference> find(String id) {
        return jdbc.sql("select id, csl from reference where id = :id").param("id", id)
                .query((row, _) -> new RegisteredReference(row.getString("id"), Json.parseObject(row.getString("csl")))).optional();
    }

    /// The newest first; a correction is a reference of its own, so there may be several.
    ///
    /// @param doi as [Doi#plain] gives it
    List<RegisteredReference> listByDoi(String doi) {
        return list("select id, csl from reference where doi_plain = :value order by created_at desc, id desc limit :most", doi);
    }

    /// The newest first.
    List<RegisteredReference> listByPmid(String pmid) {
        return list("select id, csl from reference where pmid = :value order by created_at desc, id desc limit :most", pmid);
    }

    private List<RegisteredReference> list(String statement, String value) {
        return jdbc.sql(statement).param("value", value).param("most", MOST_FOUND)
                .query((row, _) -> new RegisteredReference(row.getString("id"), Json.parseObject(row.getString("csl")))).list();
    }

    private void insert(Actor actor, Map<String, ObjectNode> works) {
        var ids = new ArrayList<String>();
        var documents = new ArrayList<String>();
        var dois = new ArrayList<@Nullable String>();
        var pmids = new ArrayList<@Nullable String>();
        var titles = new ArrayList<@Nullable String>();
        works.values().forEach(it -> {
            ids.add(Ids.next("ref"));
            documents.add(Json.text(it));
            dois.add(it.path("DOI").asStringOpt().orElse(null));
            pmids.add(it.path("PMID").asStringOpt().orElse(null));
            titles.add(it.path("title").asStringOpt().orElse(null));
        });
        // ordered by hash, so that two batches with the same works never wait for each other in a ring
        jdbc.sql("""
                        insert into reference (id, csl, csl_sha256, doi, pmid, title, created_by, created_at)
                        select id, cast(csl as jsonb), hash, doi, pmid, title, :by, :at
                          from unnest(:ids, :csl, :hashes, :dois, :pmids, :titles) as t (id, csl, hash, doi, pmid, title)
                         order by hash
                        on conflict (csl_sha256) do nothing
                        """)
                .param("ids", texts(ids)).param("csl", texts(documents)).param("hashes", texts(new ArrayList<>(works.keySet())))
                .param("dois", texts(dois)).param("pmids", texts(pmids)).param("titles", texts(titles))
                .param("by", actor.id()).param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private Map<String, RegisteredReference> findByHash(Collection<String> hashes) {
        var found = new LinkedHashMap<String, RegisteredReference>();
        jdbc.sql("select csl_sha256, id, csl from reference where csl_sha256 = any(:hashes)")
                .param("hashes", texts(new ArrayList<>(hashes)))
                .query((row, _) -> Map.entry(row.getString("csl_sha256"),
                        new RegisteredReference(row.getString("id"), Json.parseObject(row.getString("csl")))))
                .list().forEach(it -> found.put(it.getKey(), it.getValue()));
        return found;
    }

    /// Those of the works that were kept before DOIs had one form, by the hash that they have now; the oldest of equal ones.
    private Map<String, RegisteredReference> findByDoi(Map<String, ObjectNode> works) {
        var dois = works.values().stream().flatMap(it -> Doi.plain(it.path("DOI").asString("")).stream()).distinct().toList();
        var found = new LinkedHashMap<String, RegisteredReference>();
        if (dois.isEmpty()) {
            return found;
        }
        jdbc.sql("select id, csl from reference where doi_plain = any(:dois) and doi <> doi_plain order by created_at, id").param("dois", texts(dois))
                .query((row, _) -> new RegisteredReference(row.getString("id"), comparable(Json.parseObject(row.getString("csl")))))
                .list().forEach(it -> found.putIfAbsent(CanonicalJson.sha256(it.csl()), it));
        found.keySet().retainAll(works.keySet());
        return found;
    }

    private static Object texts(List<? extends @Nullable String> texts) {
        return new org.springframework.jdbc.support.SqlArrayValue("text", texts.toArray());
    }
}
