package io.throughline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.system.ApplicationHome;

/// Finds the Elasticsearch distribution that the build unpacked: `elasticsearch/elasticsearch-<version>` beside the
/// classes or beside the jar, the analysis plugin already in it.
final class ElasticsearchHome {

    private ElasticsearchHome() {}

    static Path locate(Optional<Path> configured) {
        if (configured.isPresent()) {
            var home = configured.get();
            if (Files.isDirectory(home.resolve("lib"))) {
                return home;
            }
            throw new ConfigurationRefused("THROUGHLINE_ELASTICSEARCH_HOME is %s, which holds no Elasticsearch.".formatted(home),
                    "Set it to an unpacked distribution, the folder with lib and modules in it, or leave it out.");
        }
        var beside = new ApplicationHome(ElasticsearchHome.class).getDir().toPath().toAbsolutePath();
        var looked = new ArrayList<Path>();
        looked.add(beside.resolve("elasticsearch"));
        if (beside.getParent() != null) {
            looked.add(beside.resolveSibling("elasticsearch"));
        }
        return looked.stream().flatMap(it -> versions(it).stream()).findFirst().orElseThrow(() -> new ConfigurationRefused(
                "No Elasticsearch lies beside the server; looked in %s.".formatted(looked),
                "Build the server with ./mvnw package, which unpacks one, or set THROUGHLINE_ELASTICSEARCH_URL."));
    }

    private static List<Path> versions(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var children = Files.list(folder)) {
            return children.filter(it -> Files.isDirectory(it.resolve("lib"))).sorted(Comparator.reverseOrder()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
