package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.throughline.content.Kinds;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/// What a channel gets from a Maven repository: the client's jar with its published POM, resolved by Maven into an empty project
/// and used from plain Java against the running server. Needs the jar, so it comes after the package phase.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class PublishedJavaClientIT {

    private static final String CLIENT = "throughline-client-java";
    private static final String CONSUMER = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>example</groupId>
              <artifactId>channel</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <dependencies>
                <dependency><groupId>io.throughline</groupId><artifactId>%s</artifactId><version>%s</version></dependency>
              </dependencies>
            </project>
            """;

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;
    @TempDir Path folder;

    @Test
    void theClientInARepositoryIsAllThatPlainJavaNeeds() throws Exception {
        // recalls are for the channels that could read what is withdrawn
        var key = Api.of(port).withKey(people.webKey());
        var credentials = client();
        shelf.brand("plain");
        shelf.live("article", Kinds.NON_PROMOTIONAL, "plain", article("For plain Java"));
        var gone = shelf.live("article", Kinds.NON_PROMOTIONAL, "plain", article("Withdrawn"));
        shelf.withdrawn(gone);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(key.get("/v1/recalls?state=open").body()).contains(gone.id());
            assertThat(key.get("/v1/items?market=GB&locale=en-GB&brand=plain").body()).contains("For plain Java");
        });

        var printed = runOfChannel(credentials.path("id").asString(), credentials.path("secret").asString(), gone.id());

        assertThat(printed).contains("item: For plain Java", "confirmed: 3", "webhook: content.withdrawn");    }

    private JsonNode client() {
        var chris = Api.of(port).signIn(people.channelManager().username());
        var portal = chris.get("/manage/v1/channels").json().path("channels").valueStream().filter(it -> it.path("kind").asString().equals("web")).findFirst().orElseThrow();
        var made = chris.post("/manage/v1/channels/" + portal.path("id").asString() + "/keys", """
                {"name": "Plain Java", "use": "client", "markets": ["*"], "locales": ["*"], "kinds": ["*"], "mayExplain": false, "mayTimeTravel": false,
                 "expiresAt": "%s"}
                """.formatted(Instant.now().plusSeconds(3_600)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private String runOfChannel(String id, String secret, String withdrawn) throws Exception {
        var project = project();
        var version = found("<artifactId>throughline</artifactId>\\s*<version>([^<]+)<", project.resolve("pom.xml"));
        var plugin = found("<exec-maven-plugin.version>([^<]+)<", project.resolve("pom.xml"));
        var repository = repository(project, version);
        Files.writeString(folder.resolve("pom.xml"), CONSUMER.formatted(CLIENT, version));
        Files.copy(project.resolve("clients/java/src/it/PlainChannel.java"), folder.resolve("PlainChannel.java"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(project.resolve("mvnw").toString(), "-B", "-ntp", "-q", "-f", folder.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + repository, "-Dmaven.repo.local.tail=" + System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"),
                "org.codehaus.mojo:exec-maven-plugin:" + plugin + ":exec", "-Dexec.executable=" + java,
                "-Dexec.args=" + String.join(" ", List.of("-cp", "%classpath", "PlainChannel.java", "http://localhost:" + port, id, secret, "plain", withdrawn)))
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));

        var channel = builder.start();

        assertThat(channel.waitFor(2, TimeUnit.MINUTES)).as("the channel ends within two minutes").isTrue();
        var printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(channel.exitValue()).as(printed).isZero();
        return printed;
    }

    /// A local repository with the client alone, laid out as `install` does; everything else comes from the one behind it.
    private Path repository(Path project, String version) throws IOException {
        var repository = folder.resolve("repository");
        var target = project.resolve("clients/java/target");
        var place = Files.createDirectories(repository.resolve("io/throughline").resolve(CLIENT).resolve(version));
        var name = CLIENT + "-" + version;
        Files.copy(target.resolve(name + ".jar"), place.resolve(name + ".jar"));
        Files.copy(target.resolve("published-pom.xml"), place.resolve(name + ".pom"));
        return repository;
    }

    private static String found(String pattern, Path file) throws IOException {
        var matcher = Pattern.compile(pattern).matcher(Files.readString(file, StandardCharsets.UTF_8));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }

    private static Path project() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }
}
