package io.throughline.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was started beside the server, and the properties that point the application to it.
final class EmbeddedServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);
    private static final Duration ELASTICSEARCH_PATIENCE = Duration.ofSeconds(90);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private @Nullable ElasticsearchServer elasticsearch;

    private EmbeddedServers() {}

    /// Starts what the settings leave to the server: Elasticsearch first, which then comes up beside everything else.
    static EmbeddedServers start(ServerSettings settings) {
        var servers = new EmbeddedServers();
        try {
            servers.startAll(settings);
            return servers;
        } catch (IOException | SQLException failed) {
            servers.close();
            throw new ConfigurationRefused(
                    "An embedded server did not start: %s.".formatted(failed.getMessage()),
                    "Read the logs in %s, or set THROUGHLINE_DB_URL and THROUGHLINE_ELASTICSEARCH_URL to real servers."
                            .formatted(settings.data()),
                    failed);
        } catch (RuntimeException refused) {
            servers.close();
            throw refused;
        }
    }

    private void startAll(ServerSettings settings) throws IOException, SQLException {
        if (settings.usesDataDirectory()) {
            started.push(DataDirectory.lock(settings.data()));
        }
        properties.put("throughline.blobs", settings.blobs().toString());
        if (settings.elasticsearch().isEmpty()) {
            var home = ElasticsearchHome.locate(settings.elasticsearchHome());
            var node = ElasticsearchServer.start(home, settings.data().resolve("elasticsearch"));
            started.push(node);
            elasticsearch = node;
            properties.put("throughline.elasticsearch.url", node.url().toString());
        }
        if (settings.database().isPresent()) {
            var database = settings.database().get();
            DatabaseCheck.check(database);
            point(database.url(), database.user(), database.password());
        } else {
            var postgres = PostgresServer.start(settings.data().resolve("postgresql"), Map.of());
            started.push(postgres);
            postgres.createDatabase("throughline");
            point(postgres.jdbcUrl("throughline"), PostgresServer.USER, "");
        }
    }

    private void point(String url, String user, String password) {
        properties.put("spring.datasource.url", url);
        properties.put("spring.datasource.username", user);
        properties.put("spring.datasource.password", password);
        // migrations on connections of their own, without the pool's time limits: an index may take as long as it takes
        properties.put("spring.flyway.url", url);
        properties.put("spring.flyway.user", user);
        properties.put("spring.flyway.password", password);
    }

    Map<String, Object> properties() {
        return properties;
    }

    /// Waits for the embedded Elasticsearch, if there is one. Without it the server works on, only searches don't.
    void awaitElasticsearch() {
        var node = Optional.ofNullable(elasticsearch);
        if (node.isPresent() && !node.get().await(ELASTICSEARCH_PATIENCE)) {
            LOG.error("The embedded Elasticsearch does not answer; searches and content sets stay unavailable. "
                    + "Its logs are in elasticsearch/logs in the data directory");
        }
    }

    /// In the opposite order of the start. The second call does nothing.
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) {
                LOG.warn("An embedded server did not stop cleanly", failed);
            }
        }
    }
}
