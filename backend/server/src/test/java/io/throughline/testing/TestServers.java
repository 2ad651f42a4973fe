package io.throughline.testing;

import io.throughline.embedded.ElasticsearchServer;
import io.throughline.embedded.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/// One PostgreSQL and one Elasticsearch for all tests of this JVM, started outside the application at first use.
///
/// The application under test gets only their addresses, as it would of any real server. [#main] starts them to stay: tests
/// whose environment has the line that it prints use those, and start half a minute sooner.
public final class TestServers {

    /// `port of PostgreSQL,address of Elasticsearch`
    private static final String RUNNING = "TEST_SERVERS";

    private static final AtomicInteger CONTEXTS = new AtomicInteger();
    private static final Path DIRECTORY = createDirectory();
    private static final Servers SERVERS = servers();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TestServers::stop));
    }

    private sealed interface Servers {

        record Own(PostgresServer postgres, ElasticsearchServer elasticsearch) implements Servers {}

        record Running(int postgresPort, String elasticsearchUrl) implements Servers {}
    }

    private TestServers() {}

    /// Starts both, prints what the tests' environment needs, and ends with its standard input.
    public static void main(String[] arguments) throws IOException {
        if (!(SERVERS instanceof Servers.Own(var postgres, var elasticsearch)) || !elasticsearch.await(Duration.ofSeconds(90))) {
            throw new IllegalStateException("The servers did not start, or " + RUNNING + " is set already.");
        }
        var port = URI.create(postgres.jdbcUrl("postgres").substring("jdbc:".length())).getPort();
        System.out.println("export " + RUNNING + "=" + port + "," + elasticsearch.url());
        while (System.in.read() >= 0) {
            // until whoever started them is gone
        }
    }

    /// A database, an index prefix and a folder for files that nobody else has.
    public static Map<String, String> freshProperties() {
        // several runs may share the servers
        var name = "context_" + ProcessHandle.current().pid() + "_" + CONTEXTS.incrementAndGet();
        try {
            return properties(name, createDatabase(name), elasticsearchUrl());
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String createDatabase(String name) throws SQLException {
        switch (SERVERS) {
            case Servers.Own(var postgres, _) -> {
                postgres.createDatabase(name);
                return postgres.jdbcUrl(name);
            }
            case Servers.Running(int port, _) -> {
                var url = "jdbc:postgresql://127.0.0.1:" + port + "/";
                try (var connection = DriverManager.getConnection(url + "postgres", PostgresServer.USER, "");
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + name);
                }
                return url + name;
            }
        }
    }

    private static String elasticsearchUrl() {
        return switch (SERVERS) {
            case Servers.Own(_, var elasticsearch) -> {
                if (!elasticsearch.await(Duration.ofSeconds(90))) {
                    throw new IllegalStateException("Elasticsearch did not start; its logs are in " + DIRECTORY);
                }
                yield elasticsearch.url().toString();
            }
            case Servers.Running(_, var url) -> url;
        };
    }

    private static Map<String, String> properties(String name, String databaseUrl, String elasticsearchUrl) {
        return Map.of(
                "throughline.db.url", databaseUrl,
                "throughline.db.user", PostgresServer.USER,
                "throughline.db.password", "unused: the loopback interface is trusted",
                "throughline.elasticsearch.url", elasticsearchUrl,
                "throughline.index-prefix", name.replace('_', '-') + "-",
                "throughline.outbound.allow", "localhost,127.0.0.1",
                "throughline.secrets-key", "dGVzdHMgb25seTogbm90IGEga2V5IG9mIGFueWJvZHk=",
                "throughline.data", DIRECTORY.resolve("data-" + name).toString(),
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

    private static Servers servers() {
        var running = System.getenv(RUNNING);
        if (running == null || running.isBlank()) {
            return new Servers.Own(startPostgres(), startElasticsearch());
        }
        var parts = running.split(",", 2);
        return new Servers.Running(Integer.parseInt(parts[0]), parts[1]);
    }

    private static PostgresServer startPostgres() {
        try {
            // tests may lose everything, and are faster for it
            return PostgresServer.start(DIRECTORY.resolve("postgresql"),
                    // and there are many contexts, each with a pool and a clock of its own
                    Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "max_connections", "900"));
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
            if (SERVERS instanceof Servers.Own(var postgres, var elasticsearch)) {
                elasticsearch.close();
                postgres.close();
            }
            FileSystemUtils.deleteRecursively(DIRECTORY);
        } catch (IOException failed) {
            System.err.println("The test servers did not stop cleanly: " + failed);
        }
    }
}
