package io.throughline.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL on the loopback interface, on a free port, whose files lie in one directory and survive restarts.
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /// Starts PostgreSQL on `directory`/data, or creates it there. One that a killed server left behind is stopped first.
    ///
    /// @param settings what to set besides, stronger than the defaults
    public static PostgresServer start(Path directory, Map<String, String> settings) throws IOException {
        Files.createDirectories(directory);
        var data = directory.resolve("data");
        stopOrphan(data);
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(directory.resolve("program").toFile())
                // the server closes it after the last request; a hook of its own would run at the same time
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(Redirect.appendTo(directory.resolve("postgres.log").toFile()))
                .setErrorRedirector(Redirect.appendTo(directory.resolve("postgres.log").toFile()))
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB")
                // the library turns both off, for tests; here a writer's words must survive a power cut
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
        settings.forEach(builder::setServerConfig);
        return new PostgresServer(builder.start());
    }

    /// @param database must exist, see [#createDatabase]
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), database);
    }

    /// Creates the database if it is not there. A database name can't be a parameter, so only plain names pass.
    public void createDatabase(String name) throws SQLException {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("create database " + name);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /// postmaster.pid outlives a kill. Its process is stopped if it is ours; if the number belongs to somebody else by now,
    /// the file goes, because PostgreSQL would take that process for itself and refuse to start.
    static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var firstLine = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        var process = firstLine.matches("\\d{1,10}") ? ProcessHandle.of(Long.parseLong(firstLine)) : null;
        if (process == null || process.isEmpty() || !worksIn(process.get(), data)) {
            LOG.info("Removing the stale {}", pidFile);
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.warn("Stopping PostgreSQL (process {}), which a killed server left behind", firstLine);
        // SIGINT: end the sessions and write everything down; SIGTERM would wait for sessions that nobody ends
        signal("INT", firstLine);
        if (!ends(process.get(), ORPHAN_PATIENCE)) {
            signal("QUIT", firstLine);
            if (!ends(process.get(), ORPHAN_PATIENCE)) {
                throw new ConfigurationRefused("PostgreSQL (process %s) does not stop.".formatted(firstLine),
                        "Stop it by hand and start the server again.");
            }
        }
    }

    /// A postmaster's working directory is its data directory.
    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().equals(data.toRealPath());
        } catch (IOException anotherUsersOrGone) {
            return false;
        }
    }

    private static void signal(String name, String pid) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping PostgreSQL", stop);
        }
    }

    private static boolean ends(ProcessHandle process, Duration patience) throws IOException {
        var deadline = System.nanoTime() + patience.toNanos();
        try {
            while (process.isAlive() && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL stops", stop);
        }
        return !process.isAlive();
    }
}
