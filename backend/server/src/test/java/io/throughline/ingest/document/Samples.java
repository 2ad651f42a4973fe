package io.throughline.ingest.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.json.JsonMapper;

/// Files written for these tests, and small ones made on the spot.
public final class Samples {

    static final DocumentParser PARSER = new DocumentParser(ParseLimits.standard(), 2);

    private Samples() {}

    static byte[] file(String name) {
        return resource("/ingest/" + name);
    }

    public static byte[] caseFile(String name) {
        return resource("/cases/" + name);
    }

    private static byte[] resource(String name) {
        try (var in = Samples.class.getResourceAsStream(name)) {
            return java.util.Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ParsedDocument parsed(String name) {
        return parsed(file(name), name);
    }

    static ParsedDocument parsed(byte[] bytes, String name) {
        return switch (PARSER.parse(bytes, name)) {
            case ParsedDocument document -> document;
            case ParseRefusal refusal -> throw new AssertionError(refusal.toString());
        };
    }

    static ParseRefusal refused(byte[] bytes, String name) {
        return refused(PARSER, bytes, name);
    }

    static ParseRefusal refused(DocumentParser parser, byte[] bytes, String name) {
        return switch (parser.parse(bytes, name)) {
            case ParsedDocument document -> throw new AssertionError("was read: " + document.title());
            case ParseRefusal refusal -> refusal;
        };
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ParseLimits within(Duration time) {
        return ParseLimits.standard().withTime(time);
    }

    static byte[] zip(Map<String, byte[]> parts) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The folder of real input, which is no part of the project; the test is skipped where it is absent.
    public static Path sharedData(String folder) {
        return findSharedData(folder).orElseGet(() -> Assumptions.abort("no real data beside the repository"));
    }

    /// Bodies of the real articles as Markdown, by file; the test is skipped where they are absent.
    public static Map<String, String> markdownOfArticles() throws IOException {
        var folder = sharedData("articles");
        var bodies = new LinkedHashMap<String, String>();
        for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            var file = JsonMapper.shared().readTree(line).get("file").asString();
            if (PARSER.parse(Files.readAllBytes(folder.resolve(file)), file) instanceof ParsedDocument document) {
                bodies.put(file, document.abstractMarkdown() + "\n\n" + document.bodyMarkdown());
            }
        }
        return bodies;
    }

    public static Optional<Path> findSharedData(String folder) {
        var given = System.getenv("SHARED_DATA");
        if (given != null) {
            return Optional.of(Path.of(given, folder)).filter(Files::isDirectory);
        }
        for (var here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            var data = here.resolve("shared/data").resolve(folder);
            if (Files.isDirectory(data)) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }
}
