package io.throughline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real server process with nothing configured: what a person gets who unpacks and starts it.
class EmbeddedLifecycleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir Path directory;
    private final List<Process> launched = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() throws Exception {
        for (var process : launched) {
            if (process.isAlive()) {
                process.destroy();
                process.waitFor(60, TimeUnit.SECONDS);
                process.destroyForcibly();
            }
        }
        PostgresServer.stopOrphan(postgresData());
    }

    @Test
    void keepsWhatWasWrittenThroughKillAndInterruptAndLeavesNoOrphan() throws Exception {
        var first = launch(Map.of());
        awaitReady(first);
        try (var database = connect()) {
            assertThat(ask(database, "show fsync")).isEqualTo("on");
            assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(database, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            database.createStatement().execute("create table survivor as select 'written before the kill' as text");
        }
        var orphan = postmaster();
        var node = elasticsearch();

        first.process.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).as("PostgreSQL outlives a killed server").isTrue();
        node.onExit().get(30, TimeUnit.SECONDS);

        var second = launch(Map.of());
        awaitReady(second);
        assertThat(orphan.isAlive()).as("the next start stops the orphan").isFalse();
        try (var database = connect()) {
            assertThat(ask(database, "select text from survivor")).isEqualTo("written before the kill");
        }

        var third = launch(Map.of());
        assertThat(third.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(third.process.exitValue()).isNotZero();
        assertThat(Files.readString(third.log))
                .contains("already uses the data directory")
                .contains("give this one another directory in THROUGHLINE_DATA")
                .doesNotContain("\tat ");

        var postgres = postmaster();
        var lastNode = elasticsearch();
        new ProcessBuilder("kill", "-INT", Long.toString(second.process.pid())).start().waitFor();
        assertThat(second.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // both have written everything down by now; the processes may take a moment more to vanish
        postgres.onExit().get(10, TimeUnit.SECONDS);
        lastNode.onExit().get(10, TimeUnit.SECONDS);
        assertThat(postgresData().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void startsAlthoughAPidFileNamesAProcessOfSomebodyElse() throws Exception {
        var first = launch(Map.of());
        awaitReady(first);
        first.process.destroyForcibly().waitFor();
        PostgresServer.stopOrphan(postgresData());
        Files.writeString(postgresData().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + postgresData() + "\n");

        awaitReady(launch(Map.of()));
    }

    @Test
    void saysHowToMendAWrongSetting() throws Exception {
        assertThat(refusal(Map.of("THROUGHLINE_DB_ULR", "x"))).contains("There is no setting THROUGHLINE_DB_ULR");
        assertThat(refusal(Map.of("THROUGHLINE_DB_URL", "mysql://x"))).contains("Write it as jdbc:postgresql://host:5432/database");
        assertThat(refusal(Map.of("THROUGHLINE_BLOBS", "s3:files"))).contains("Set THROUGHLINE_BLOBS to a directory");
        assertThat(refusal(Map.of("THROUGHLINE_ELASTICSEARCH_URL", "search:9200"))).contains("Write it as http://host:9200");
        assertThat(refusal(Map.of("THROUGHLINE_DB_URL", "jdbc:postgresql://127.0.0.1:1/x", "THROUGHLINE_DB_USER", "x",
                "THROUGHLINE_DB_PASSWORD", "x", "THROUGHLINE_ELASTICSEARCH_URL", "http://127.0.0.1:1",
                "THROUGHLINE_BLOBS", directory.toString()))).contains("can't be reached");
    }

    private String refusal(Map<String, String> environment) throws Exception {
        var server = launch(environment);
        assertThat(server.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.process.exitValue()).isEqualTo(1);
        var log = Files.readString(server.log);
        assertThat(log).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
        return log;
    }

    private record Server(Process process, Path log) {}

    private Server launch(Map<String, String> environment) throws Exception {
        var log = directory.resolve("server-" + launched.size() + ".log");
        // What a shell starts in the background ignores an interrupt, and so does all that it starts, unless it is told otherwise.
        var builder = new ProcessBuilder("env", "--default-signal=INT", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "io.throughline.ThroughlineApplication", "--server.port=0")
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(it -> it.startsWith("THROUGHLINE_"));
        builder.environment().put("THROUGHLINE_DATA", directory.resolve("data").toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        launched.add(process);
        return new Server(process, log);
    }

    private static void awaitReady(Server server) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var http = HttpClient.newHttpClient();
        while (System.nanoTime() < deadline) {
            assertThat(server.process.isAlive()).as(() -> read(server.log)).isTrue();
            var port = java.util.regex.Pattern.compile("Throughline is ready: http://localhost:(\\d+)").matcher(read(server.log));
            if (port.find()) {
                var readiness = URI.create("http://127.0.0.1:" + port.group(1) + "/actuator/health/readiness");
                if (http.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not ready within " + PATIENCE + "\n" + read(server.log));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private Path postgresData() {
        return directory.resolve("data/postgresql/data");
    }

    private ProcessHandle postmaster() throws Exception {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(postgresData().resolve("postmaster.pid")).getFirst())).orElseThrow();
    }

    private ProcessHandle elasticsearch() throws Exception {
        return ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("data/elasticsearch/node.pid")))).orElseThrow();
    }

    private Connection connect() throws Exception {
        var port = Files.readAllLines(postgresData().resolve("postmaster.pid")).get(3).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/throughline", "postgres", "");
    }

    private static String ask(Connection database, String question) throws SQLException {
        try (var answer = database.createStatement().executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
