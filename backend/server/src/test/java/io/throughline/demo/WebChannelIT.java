package io.throughline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.throughline.testing.IntegrationTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// Runs the browser test of `examples/web-channel` against this server with the demo portfolio. Pictures of the channel are
/// in `backend/server/target/screenshots` afterwards.
@IntegrationTest
@TestPropertySource(properties = "demo=true")
class WebChannelIT {

    @LocalServerPort int port;
    @TempDir Path folder;

    @Test
    void theSampleWebChannelShowsSetsWithAllThatTheyMustCarry() throws Exception {
        var channel = channel();
        assumeTrue(Files.exists(channel.resolve("node_modules/vitest/vitest.mjs")),
                "This build left the npm modules out (-Dskip.frontend=true), so there is no channel to look at.");
        var printed = folder.resolve("printed.txt");
        var builder = new ProcessBuilder("node", "node_modules/vitest/vitest.mjs", "run", "e2e", "--testTimeout=120000")
                .directory(channel.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("THROUGHLINE_SERVER", "http://localhost:" + port);
        builder.environment().put("CHROMIUM_PATH", Chromium.find().toString());
        builder.environment().put("SCREENSHOTS", Path.of("target", "screenshots").toAbsolutePath().toString());
        builder.environment().put("NO_COLOR", "1");

        var test = builder.start();
        boolean ended = test.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            test.descendants().forEach(ProcessHandle::destroyForcibly);
            test.destroyForcibly();
        }
        assertThat(ended).as("the browser test ends within five minutes; so far it printed%n%s", Files.readString(printed)).isTrue();
        assertThat(test.exitValue()).as(Files.readString(printed)).isZero();
    }

    private static Path channel() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here.resolve("examples/web-channel");
    }
}
