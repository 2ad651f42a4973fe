package io.throughline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// Runs the commands of the README's tour as they stand there, against a server with the demo portfolio.
@IntegrationTest
@TestPropertySource(properties = "demo=true")
class ReadmeTourIT {

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");

    @LocalServerPort int port;
    @TempDir Path folder;

    @Test
    void theTourInTheReadmeWorksFromTheFirstCommandToTheLast() throws Exception {
        var script = folder.resolve("tour.sh");
        Files.writeString(script, "set -euo pipefail\n" + commands());
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("BASE", "http://localhost:" + port);

        var tour = builder.start();

        assertThat(tour.waitFor(2, TimeUnit.MINUTES)).as("the tour ends within two minutes").isTrue();
        var printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(tour.exitValue()).as(printed).isZero();
        assertThat(printed)
                .contains("medical approve", "regulatory approve")
                .contains("Home titration of tirvaciguat by telephone")
                .contains("content-withdrawn");
    }

    private static String commands() throws IOException {
        var readme = Files.readString(readme(), StandardCharsets.UTF_8);
        var commands = COMMANDS.matcher(readme).results().map((MatchResult it) -> it.group(1)).collect(Collectors.joining("\n"));
        assertThat(commands).as("the README has a tour").contains("/ingest/files", "/withdrawals");
        return commands;
    }

    private static Path readme() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md")) || !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder.resolve("README.md");
    }
}
