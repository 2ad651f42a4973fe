package io.throughline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// Runs the commands of `docs/channel-developers.md` as they stand there, against a server with the demo portfolio.
@IntegrationTest
@TestPropertySource(properties = "demo=true")
class ChannelGuideIT {

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");

    @LocalServerPort int port;
    @TempDir Path folder;

    @Test
    void theGuideForChannelDevelopersWorksFromTheFirstCommandToTheLast() throws Exception {
        var script = folder.resolve("guide.sh");
        Files.writeString(script, "set -euo pipefail\n" + commands());
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("BASE", "http://localhost:" + port);

        var guide = builder.start();

        assertThat(guide.waitFor(2, TimeUnit.MINUTES)).as("the guide ends within two minutes").isTrue();
        var printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(guide.exitValue()).as(printed).isZero();
        assertThat(printed)
                .contains("lead: ", "again: 304", "not older: 200")
                .contains("[404,\"not-found\"", "[400,\"invalid-query\",\"colour\"]", "[401,\"unauthenticated\"]")
                .contains("Throughline delivery API");
    }

    private static String commands() throws IOException {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        var guide = Files.readString(here.resolve("docs/channel-developers.md"), StandardCharsets.UTF_8);
        return COMMANDS.matcher(guide).results().map(it -> it.group(1)).collect(Collectors.joining("\n"));
    }
}
