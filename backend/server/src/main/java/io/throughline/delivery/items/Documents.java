package io.throughline.delivery.items;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.throughline.catalogue.AlteredDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// The materialised documents of publications, by publication id: from the heap, from this node's [DocumentFile], or from the
/// database. A publication's document never changes; it only stops being asked for.
@Component
public class Documents implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Documents.class);

    /// A sixteenth of the heap, beside which the catalogue and the answers in memory have to live. It is shared with the sets that show it.
    private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory() / 16;
    /// What an entry takes beside its bytes: the id, the hash, the heads of arrays, the cache's own node.
    private static final int ENTRY_BYTES = 320;

    private final JdbcClient jdbc;
    private final AlteredDocuments altered;
    private final Cache<String, Document> heap = Caffeine.newBuilder()
            .maximumWeight(HEAP_BYTES)
            .weigher((String id, Document document) -> ENTRY_BYTES + document.bytes().length)
            .build();
    private final @Nullable DocumentFile file;
    private final long room;

    /// @param size of the file; 0: none. It lies where the system keeps temporary files.
    Documents(JdbcClient jdbc, AlteredDocuments altered, @Value("${throughline.document-cache:4GB}") DataSize size) {
        this.jdbc = jdbc;
        this.altered = altered;
        this.file = open(size.toBytes());
        this.room = file == null ? HEAP_BYTES : size.toBytes();
    }

    private static @Nullable DocumentFile open(long bytes) {
        if (bytes == 0) {
            return null;
        }
        var directory = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return DocumentFile.in(directory, bytes);
        } catch (IOException refused) {
            log.warn("Documents can't be kept in a file in {}, so more of them are read from the database: {}. Give the server a folder for temporary "
                    + "files that it may write (-Djava.io.tmpdir), or set THROUGHLINE_DOCUMENT_CACHE to 0.", directory, refused.getMessage());
            return null;
        }
    }

    /// Those that exist. What came from the database is kept for the next time.
    ///
    /// @throws AlteredDocuments.Found when one of them is not what was published
    public Map<String, Document> read(Collection<String> publicationIds) {
        return whole(publicationIds, read(publicationIds, true));
    }

    /// The same for who shows none of them: what was altered is left out.
    Map<String, Document> readAhead(Collection<String> publicationIds) {
        return read(publicationIds, true);
    }

    /// The same for who goes through many only once: what others ask for again and again is not driven out by it.
    Map<String, Document> readOnce(Collection<String> publicationIds) {
        return whole(publicationIds, read(publicationIds, false));
    }

    private Map<String, Document> whole(Collection<String> publicationIds, Map<String, Document> found) {
        if (found.size() < publicationIds.size()) {
            var broken = publicationIds.stream().filter(altered::contains).toList();
            if (!broken.isEmpty()) {
                throw new AlteredDocuments.Found(broken);
            }
        }
        return found;
    }

    private Map<String, Document> read(Collection<String> publicationIds, boolean keep) {
        var found = new HashMap<>(heap.getAllPresent(publicationIds));
        found.keySet().removeAll(altered.ids());
        if (file != null) {
            for (var id : publicationIds) {
                var document = found.containsKey(id) || altered.contains(id) ? null : file.find(id);
                if (document != null) {
                    found.put(id, document);
                    heap.put(id, document);
                }
            }
        }
        var missing = publicationIds.stream().filter(id -> !found.containsKey(id) && !altered.contains(id)).toArray(String[]::new);
        if (missing.length > 0) {
            jdbc.sql("select id, document, document_sha256 from publication where id = any(:ids)").param("ids", missing)
                    .query(row -> {
                        var id = row.getString("id");
                        var document = Document.of(row.getBytes("document"));
                        var published = row.getString("document_sha256");
                        // the hash is taken for the answers' sake anyway; the node's own file holds what was compared
                        var hash = HexFormat.of().formatHex(document.hash());
                        if (!hash.equals(published)) {
                            altered.add(id, published, hash);
                            return;
                        }
                        found.put(id, document);
                        if (keep) {
                            keep(id, document);
                        }
                    });
        }
        return found;
    }

    private void keep(String id, Document document) {
        heap.put(id, document);
        if (file != null) {
            try {
                file.keep(id, document);
            } catch (IOException full) {
                log.warn("No more documents can be kept in this node's file, so more of them are read from the database: {}. Make room in the folder for "
                        + "temporary files and restart the server, or set THROUGHLINE_DOCUMENT_CACHE to what fits.", full.getMessage());
            }
        }
    }

    /// Bytes that can be kept without driving out what was kept before, if nothing was.
    long room() {
        return room;
    }

    boolean isAtHand(String publicationId) {
        return heap.getIfPresent(publicationId) != null || (file != null && file.contains(publicationId));
    }

    @Override
    public void destroy() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
