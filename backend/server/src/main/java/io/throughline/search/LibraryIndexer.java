package io.throughline.search;

import io.throughline.content.ContentRules;
import io.throughline.content.Contents;
import io.throughline.content.Dialect;
import io.throughline.search.Indices.Write;
import io.throughline.search.LibraryRows.Entry;
import io.throughline.search.Pump.Progress;
import io.throughline.shared.Finding;
import io.throughline.shared.Invisible;
import io.throughline.shared.Json;
import io.throughline.shared.Severity;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import io.throughline.taxonomy.MarketPacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the library's index, which people search: one entry an item and locale, with its newest text and its state.
@Component
class LibraryIndexer {

    static final String NAME = "library";
    /// What is made in a second where much is made: each batch costs a refresh of the index.
    private static final int BATCH = 400;
    private static final int LONGEST_BODY = 200_000;

    private final JdbcClient jdbc;
    private final Indices indices;
    private final LibraryRows rows;
    private final Contents contents;
    private final ContentRules rules;
    private final MarketPacks packs;
    private final TransactionTemplate transaction;
    private final TransactionTemplate alone;
    private final Steps steps;
    private final Pump pump;

    LibraryIndexer(JdbcClient jdbc, Indices indices, LibraryRows rows, Contents contents, ContentRules rules, MarketPacks packs,
            PlatformTransactionManager transactions, Steps steps) {
        this.jdbc = jdbc;
        this.indices = indices;
        this.rows = rows;
        this.contents = contents;
        this.rules = rules;
        this.packs = packs;
        this.transaction = new TransactionTemplate(transactions);
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.steps = steps;
        this.pump = new Pump("library index", this::advance);
    }

    Pump pump() {
        return pump;
    }

    private record Mark(String itemId, long mark) {}

    /// Indexes one batch of marked items.
    Progress advance() throws IOException {
        if (indices.behind(NAME) == null) {
            rebuild();
            if (indices.behind(NAME) == null) {
                return Progress.NOTHING; // somebody else builds
            }
        }
        var written = new AtomicInteger();
        inTransaction(() -> {
            if (jdbc.sql("select sequence from search_cursor where index_name = :name for update skip locked").param("name", NAME)
                    .query(Long.class).optional().isEmpty()) {
                return false; // another node is at it
            }
            var marks = jdbc.sql("select item_id, mark from search_dirty order by mark limit :batch").param("batch", BATCH)
                    .query((row, _) -> new Mark(row.getString("item_id"), row.getLong("mark"))).list();
            if (marks.isEmpty()) {
                return false;
            }
            indices.bulk(indices.alias(NAME), writes(marks));
            indices.refresh(indices.alias(NAME));
            steps.reached(Step.LIBRARY_INDEX_WRITTEN);
            // what was marked again meanwhile has a newer mark and stays
            jdbc.sql("delete from search_dirty d using unnest(:ids, :marks) as done (id, mark) where d.item_id = done.id and d.mark = done.mark")
                    .param("ids", marks.stream().map(Mark::itemId).toArray(String[]::new))
                    .param("marks", marks.stream().map(Mark::mark).toArray(Long[]::new))
                    .update();
            steps.reached(Step.LIBRARY_INDEX_UNMARKED);
            written.set(marks.size());
            return true;
        });
        return written.get() == 0 ? Progress.NOTHING : written.get() == BATCH ? Progress.PART : Progress.ALL;
    }

    /// Makes an empty index and marks every item; the one before answers until the alias is moved, which is at once here:
    /// people see a growing library rather than a wrong one.
    private void rebuild() throws IOException {
        jdbc.sql("insert into search_cursor (index_name, sequence) values (:name, 0) on conflict do nothing").param("name", NAME).update();
        inTransaction(() -> {
            if (!CatalogueIndexer.isMineToBuild(jdbc)) {
                return false;
            }
            jdbc.sql("select sequence from search_cursor where index_name = :name for update").param("name", NAME).query(Long.class).single();
            if (indices.behind(NAME) != null) {
                return true;
            }
            var index = indices.create(NAME);
            // committed before the alias moves: if a server died in between, a new index without marks would stay empty
            alone.executeWithoutResult(_ -> jdbc.sql("""
                            insert into search_dirty (item_id, mark) select id, nextval('search_dirty_mark') from content_item
                                on conflict (item_id) do update set mark = excluded.mark
                            """).update());
            steps.reached(Step.LIBRARY_REBUILD_MARKED);
            indices.switchTo(NAME, index);
            steps.reached(Step.LIBRARY_REBUILD_SWITCHED);
            return true;
        });
    }

    private List<Write> writes(List<Mark> marks) {
        var versions = new HashMap<String, Long>();
        marks.forEach(mark -> versions.put(mark.itemId(), mark.mark()));
        var present = new HashSet<String>();
        var writes = new ArrayList<Write>();
        var entries = rows.list(versions.keySet());
        var claims = claims(entries);
        var findings = rules.checkWriting(entries.stream().map(Entry::writing).toList());
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            present.add(entry.id());
            writes.add(new Write(entry.id(), versions.getOrDefault(entry.itemId(), 0L),
                    document(entry, findings.get(i), claims.getOrDefault(entry.locale(), Map.of()))));
        }
        // a discarded draft may leave nothing in its locale
        var locales = packs.list().stream().flatMap(pack -> pack.locales().stream()).distinct().toList();
        marks.forEach(mark -> locales.stream().map(locale -> Entry.id(mark.itemId(), locale)).filter(id -> !present.contains(id))
                .forEach(id -> writes.add(new Write(id, mark.mark(), null))));
        return writes;
    }

    /// The words of all claims that these entries make, by locale and the claim's id: one statement for each locale.
    private Map<String, Map<String, String>> claims(List<Entry> entries) {
        var made = new HashMap<String, Set<String>>();
        entries.forEach(entry -> made.computeIfAbsent(entry.locale(), _ -> new HashSet<>()).addAll(contents.claimIds(entry.document())));
        var claims = new HashMap<String, Map<String, String>>();
        made.forEach((locale, ids) -> claims.put(locale, contents.claimTexts(ids, locale)));
        return claims;
    }

    private ObjectNode document(Entry entry, List<Finding> findings, Map<String, String> claims) {
        var content = entry.document();
        var row = entry.row();
        var counts = row.putObject("findings");
        for (var severity : Severity.values()) {
            counts.put(io.throughline.shared.Kebab.of(severity), findings.stream().filter(finding -> finding.severity() == severity).count());
        }
        var text = Invisible.removed(plain(content, claims));
        var document = Json.object()
                .put("id", entry.id())
                .put("itemId", entry.itemId())
                .put("key", entry.key())
                .put("type", entry.type())
                .put("kind", entry.kind())
                .put("brand", entry.brand())
                .put("locale", entry.locale())
                .put("state", entry.state())
                .put("impacted", entry.impacted())
                .put("updatedAt", entry.updatedAt().toString())
                .put("updatedBy", entry.updatedBy())
                .put("titleSort", CatalogueDocument.sortable(entry.title()))
                .put("title", Invisible.removed(entry.title()))
                .put("body", text.substring(0, Math.min(text.length(), LONGEST_BODY)));
        var identifiers = document.putArray("identifiers").add(entry.itemId()).add(entry.key());
        names(content.path("source").path("doi"), content.path("source").path("pmid"), identifiers);
        var cites = document.putArray("cites");
        content.path("references").forEach(reference -> names(reference.path("csl").path("DOI"), reference.path("csl").path("PMID"), cites));
        var markets = document.putArray("market");
        entry.markets().forEach(markets::add);
        for (var name : List.of("audience", "stage", "need", "topic", "indication")) {
            document.set(name, content.path("classification").path(name).isArray() ? content.path("classification").path(name) : Json.mapper().createArrayNode());
        }
        document.set("row", row);
        return document;
    }

    private static void names(JsonNode doi, JsonNode pmid, ArrayNode names) {
        if (!doi.asString("").isBlank()) {
            names.add(TextQuery.doi(doi.asString("")));
        }
        if (!pmid.asString("").isBlank()) {
            names.add(TextQuery.pmid(pmid.asString("")));
        }
    }

    /// As people read it: with the words of its claims and the numbers of its citations.
    private String plain(ObjectNode content, Map<String, String> claims) {
        return (content.path("summary").asString("") + '\n' + contents.render(content, Dialect.NEWEST, claims).plainText()).strip();
    }

    private interface Work {
        boolean run() throws IOException;
    }

    private boolean inTransaction(Work work) throws IOException {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                try {
                    return work.run();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
