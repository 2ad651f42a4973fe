package io.throughline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

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
        var client = client();
        builder.environment().put("CLIENT_ID", client.path("id").asString());
        builder.environment().put("CLIENT_SECRET", client.path("secret").asString());

        var guide = builder.start();

        assertThat(guide.waitFor(2, TimeUnit.MINUTES)).as("the guide ends within two minutes").isTrue();
        var printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(guide.exitValue()).as(printed).isZero();
        assertThat(printed)
                .contains("lead: ", "again: 304", "not older: 200")
                .contains("[404,\"not-found\"", "[400,\"invalid-query\",\"colour\"]", "[401,\"unauthenticated\"]")
                .contains("[\"Bearer\",true]", "with a token: 200", "refused: invalid_client")
                .contains("Throughline delivery API");
    }

    /// As an administrator would make it for the portal's developers.
    private JsonNode client() {
        var admin = Api.of(port);
        assertThat(admin.trySignIn("admin", "throughline-demo").status()).isEqualTo(200);
        var portal = admin.get("/manage/v1/channels").json().path("channels").valueStream().filter(it -> it.path("kind").asString().equals("web")).findFirst().orElseThrow();
        var made = admin.post("/manage/v1/channels/" + portal.path("id").asString() + "/keys", """
                {"name": "Guide", "use": "client", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["*"], "mayExplain": false, "mayTimeTravel": false,
                 "expiresAt": "%s"}
                """.formatted(Instant.now().plusSeconds(3_600)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
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
