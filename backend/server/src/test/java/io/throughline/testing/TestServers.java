package io.throughline.testing;

import io.throughline.embedded.ElasticsearchServer;
import io.throughline.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/// One PostgreSQL and one Elasticsearch for all tests of this JVM, started outside the application at first use.
///
/// The application under test gets only their addresses, as it would of any real server.
public final class TestServers {

    private static final AtomicInteger CONTEXTS = new AtomicInteger();
    private static final Path DIRECTORY = createDirectory();
    private static final PostgresServer POSTGRES = startPostgres();
    private static final ElasticsearchServer ELASTICSEARCH = startElasticsearch();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TestServers::stop));
    }

    private TestServers() {}

    /// A database, an index prefix and a folder for files that nobody else has.
    public static Map<String, String> freshProperties() {
        var name = "context_" + CONTEXTS.incrementAndGet();
        try {
            POSTGRES.createDatabase(name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        if (!ELASTICSEARCH.await(Duration.ofSeconds(90))) {
            throw new IllegalStateException("Elasticsearch did not start; its logs are in " + DIRECTORY);
        }
        return Map.of(
                "throughline.db.url", POSTGRES.jdbcUrl(name),
                "throughline.db.user", PostgresServer.USER,
                "throughline.db.password", "unused: the loopback interface is trusted",
                "throughline.elasticsearch.url", ELASTICSEARCH.url().toString(),
                "throughline.index-prefix", name.replace('_', '-') + "-",
                "throughline.outbound.allow", "localhost,127.0.0.1",
                "throughline.secrets-key", "dGVzdHMgb25seTogbm90IGEga2V5IG9mIGFueWJvZHk=",
                "throughline.blobs", DIRECTORY.resolve("blobs-" + name).toString());
    }

    private static Path createDirectory() {
        try {
            var parent = Files.createDirectories(Path.of("target", "test-servers").toAbsolutePath());
            return Files.createDirectory(parent.resolve(Long.toString(ProcessHandle.current().pid())));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static PostgresServer startPostgres() {
        try {
            // tests may lose everything, and are faster for it
            return PostgresServer.start(DIRECTORY.resolve("postgresql"),
                    // and there are many contexts, each with a pool and a clock of its own
                    Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "max_connections", "500"));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static ElasticsearchServer startElasticsearch() {
        try (var versions = Files.list(Path.of("target", "elasticsearch").toAbsolutePath())) {
            return ElasticsearchServer.start(versions.findFirst().orElseThrow(), DIRECTORY.resolve("elasticsearch"));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void stop() {
        try {
            ELASTICSEARCH.close();
            POSTGRES.close();
            FileSystemUtils.deleteRecursively(DIRECTORY);
        } catch (IOException failed) {
            System.err.println("The test servers did not stop cleanly: " + failed);
        }
    }
}
