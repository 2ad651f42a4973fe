package io.throughline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.throughline.testing.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.TestPropertySource;

/// Runs the journeys of `frontend/e2e` in a real Chromium against this server with the demo portfolio. What they do and
/// what they look at stands there; pictures of all screens are in `backend/server/target/screenshots` afterwards.
@IntegrationTest
@TestPropertySource(properties = "demo=true")
class BrowserJourneyIT {

    private static final int MINUTES = 12;

    @LocalServerPort int port;

    @Test
    void theMainJobRunsThroughTheScreensFromTheWriterToTheWithdrawal() throws Exception {
        run("journey");
    }

    @Test
    void theStrategyRunsThroughTheScreensFromAGapToADraft() throws Exception {
        run("strategy");
    }

    @Test
    @Tag("S21")
    void nothingStoredEverRunsInABrowser() throws Exception {
        run("stored-markup");
    }

    @Test
    @Tag("S22")
    void anotherSitesPageChangesNothingAndLearnsNothing() throws Exception {
        run("foreign-origin");
    }

    private void run(String journey) throws IOException, InterruptedException {
        assumeTrue(new ClassPathResource("META-INF/resources/index.html").exists(),
                "This build left the screens out (-Dskip.frontend=true), so there is nothing to look at in a browser.");
        var frontend = frontend();
        assertThat(frontend.resolve("node_modules/vitest/vitest.mjs"))
                .as("the frontend's packages; build the module frontend first: ./mvnw verify does")
                .exists();
        var builder = new ProcessBuilder("node", "node_modules/vitest/vitest.mjs", "run", "--config", "e2e/vitest.config.ts",
                "e2e/" + journey + ".e2e.ts").directory(frontend.toFile()).redirectErrorStream(true);
        builder.environment().put("SERVER_URL", "http://localhost:" + port);
        builder.environment().put("CHROMIUM_PATH", Chromium.find().toString());
        builder.environment().put("SCREENSHOTS", Path.of("target", "screenshots").toAbsolutePath().toString());
        builder.environment().put("NO_COLOR", "1");

        var process = builder.start();
        var printed = new StringBuilder();
        var reader = Thread.ofVirtual().start(() -> echo(process, printed));
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        reader.join();

        assertThat(ended).as("the journey ends within %d minutes; so far it printed%n%s", MINUTES, printed).isTrue();
        assertThat(process.exitValue()).as(printed.toString()).isZero();
    }

    /// Shows the steps while they happen: the journey takes minutes.
    private static void echo(Process process, StringBuilder printed) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                printed.append(line).append('\n');
            }
        } catch (IOException closed) {
            printed.append(closed).append('\n');
        }
    }

    private static Path frontend() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("frontend/package.json"))) {
            folder = folder.getParent();
        }
        return folder.resolve("frontend");
    }
}
