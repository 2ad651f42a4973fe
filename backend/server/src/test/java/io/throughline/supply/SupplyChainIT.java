package io.throughline.supply;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the packaged server is made of, held against what is known to be broken.
@Tag("S39")
class SupplyChainIT {

    private static final String BILL = "META-INF/sbom/application.cdx.json";

    @Test
    void theBillOfMaterialsLiesInTheJarAndNamesEveryLibraryInItWithItsHash() throws Exception {
        try (var jar = new JarFile(jar().toFile())) {
            var named = new TreeSet<String>();
            for (var component : components(jar)) {
                named.add(component.path("name").asString() + "-" + component.path("version").asString() + ".jar");
                assertThat(component.path("purl").asString().startsWith("pkg:maven/io.throughline/") || !component.path("hashes").isEmpty())
                        .as(component.path("purl").asString()).isTrue();
            }
            var held = jar.stream().map(entry -> entry.getName()).filter(it -> it.startsWith("BOOT-INF/lib/") && it.endsWith(".jar"))
                    .map(it -> it.substring("BOOT-INF/lib/".length())).toList();
            assertThat(held).hasSizeGreaterThan(100);
            assertThat(held.stream().filter(it -> !named.contains(it)).toList())
                    // the one that Boot puts in itself
                    .allSatisfy(it -> assertThat(it).startsWith("spring-boot-jarmode-"));
        }
    }

    @Test
    void noLibraryIsOneThatAnAdvisoryConcerns() throws Exception {
        var advisories = Advisory.list();
        var concerned = new ArrayList<String>();
        try (var jar = new JarFile(jar().toFile())) {
            for (var component : components(jar)) {
                var name = component.path("group").asString("") + "/" + component.path("name").asString();
                var version = component.path("version").asString();
                advisories.stream().filter(it -> it.concerns(name, version)).forEach(it -> concerned.add(it.id() + " " + name + " " + version + ": " + it.about()));
            }
        }
        assertThat(concerned).as("raise these libraries, or say in SECURITY.md why they stay").isEmpty();
    }

    @Test
    void everyPackageOfTheScreensIsLockedToABytewiseHash() throws Exception {
        var unlocked = new ArrayList<String>();
        for (var folder : List.of("frontend", "examples/web-channel", "clients/typescript")) {
            var packages = Json.parse(Files.readString(Path.of("..", "..", folder, "package-lock.json"))).path("packages");
            packages.propertyStream().filter(it -> it.getKey().contains("node_modules/") && !it.getValue().path("link").asBoolean(false)
                            && !it.getValue().path("inBundle").asBoolean(false) && !it.getValue().path("integrity").asString("").startsWith("sha512-"))
                    .forEach(it -> unlocked.add(folder + ": " + it.getKey()));
        }
        assertThat(unlocked).isEmpty();
    }

    private static List<JsonNode> components(JarFile jar) throws IOException {
        try (var in = jar.getInputStream(Objects.requireNonNull(jar.getEntry(BILL), "the jar has no " + BILL))) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).path("components").valueStream().toList();
        }
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(it -> it.getFileName().toString().matches("throughline-server-.*\\.jar")).findFirst().orElseThrow();
        }
    }
}
