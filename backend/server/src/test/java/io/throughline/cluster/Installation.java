package io.throughline.cluster;

import io.throughline.shared.Json;
import io.throughline.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/// What the nodes of one test share: a database, indices, files; and a way to look at them past the nodes.
final class Installation {

    private static final AtomicInteger LOGS = new AtomicInteger();

    private final Map<String, String> settings;
    private final JdbcClient jdbc;
    private final HttpClient http = HttpClient.newHttpClient();

    private Installation(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
        this.jdbc = JdbcClient.create(new DriverManagerDataSource(settings.get("throughline.db.url"), settings.get("throughline.db.user"), ""));
    }

    static Installation fresh() {
        var settings = new HashMap<>(TestServers.freshProperties());
        settings.put("throughline.data", settings.get("throughline.blobs") + "-data"); // its secrets are every node's
        return new Installation(settings);
    }

    Map<String, String> settings() {
        return settings;
    }

    Installation with(String... namesAndValues) {
        var changed = new HashMap<>(settings);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changed.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Installation(changed);
    }

    /// The same, with the database at another address of this machine.
    Map<String, String> behind(TcpProxy database) {
        var changed = new HashMap<>(settings);
        changed.compute("throughline.db.url", (_, url) -> url.replaceFirst(":\\d+/", ":" + database.port() + "/"));
        return changed;
    }

    TcpProxy databaseProxy() throws IOException {
        return TcpProxy.to(URI.create(settings.get("throughline.db.url").substring("jdbc:".length())));
    }

    Node start(String name) throws IOException {
        return start(name, settings);
    }

    Node start(String name, Map<String, String> changed) throws IOException {
        var folder = Files.createDirectories(Path.of("target", "cluster").toAbsolutePath());
        return Node.start(changed, folder.resolve("%02d-%s.log".formatted(LOGS.incrementAndGet(), name)));
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    String index(String name) {
        return settings.get("throughline.index-prefix") + name;
    }

    JsonNode elasticsearch(String method, String path, @Nullable String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(settings.get("throughline.elasticsearch.url") + path)).header("Content-Type", "application/json")
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            return Json.parse(http.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    long sequence() {
        return jdbc.sql("select value from content_sequence").query(Long.class).single();
    }

    /// Waits until both indices have everything.
    void awaitIndexed(Duration patience) throws Exception {
        await("the indices catch up", patience, () -> jdbc.sql("""
                        select (select sequence from search_cursor where index_name = 'catalogue') = (select value from content_sequence)
                               and not exists (select 1 from search_dirty)
                        """).query((row, _) -> row.getBoolean(1)).single());
    }

    /// The publications that the catalogue's index holds as current.
    Set<String> indexed() {
        return inIndex("must_not");
    }

    /// Those that it keeps for lists that began before they were superseded (ADR 14).
    Set<String> keptForLists() {
        return inIndex("filter");
    }

    private Set<String> inIndex(String ended) {
        var ids = new TreeSet<String>();
        var query = "{\"size\": 10000, \"_source\": false, \"query\": {\"bool\": {\"%s\": [{\"exists\": {\"field\": \"endedSequence\"}}]}}}".formatted(ended);
        elasticsearch("POST", "/" + index("catalogue") + "/_search", query)
                .path("hits").path("hits").forEach(hit -> ids.add(hit.path("_id").asString()));
        return ids;
    }

    static void await(String what, Duration patience, Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Boolean.TRUE.equals(holds.call())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            Thread.sleep(20);
        }
    }
}
