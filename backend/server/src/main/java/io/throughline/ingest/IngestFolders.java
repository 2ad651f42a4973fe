package io.throughline.ingest;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folders of the server's disk that may be taken in, by the names the installation gave them. A name from
/// outside is looked up here and never becomes a path (S19).
final class IngestFolders {

    /// A job of more files than this is split by whoever prepares the folders.
    static final int MOST_FILES = 100_000;

    private final Map<String, Path> folders;

    private IngestFolders(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
    }

    /// @param setting `name=directory`, several separated by commas; empty for none
    static IngestFolders of(String setting) {
        var folders = new LinkedHashMap<String, Path>();
        for (var entry : setting.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            var equals = entry.indexOf('=');
            var name = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
                throw refused(entry, "is not of the form name=directory");
            }
            try {
                var folder = Path.of(entry.substring(equals + 1).strip()).toAbsolutePath().normalize();
                if (!Files.isDirectory(folder)) {
                    throw refused(entry, "names a directory that does not exist");
                }
                if (folders.putIfAbsent(name, folder) != null) {
                    throw refused(entry, "uses a name that stands there already");
                }
            } catch (InvalidPathException e) {
                throw refused(entry, "names no directory");
            }
        }
        return new IngestFolders(folders);
    }

    private static IllegalArgumentException refused(String entry, String why) {
        return new IllegalArgumentException(
                "THROUGHLINE_INGEST_FOLDERS: “%s” %s. Write name=directory, several separated by commas, or leave it out."
                        .formatted(entry.strip(), why));
    }

    Optional<Path> find(String name) {
        return Optional.ofNullable(folders.get(name));
    }

    /// All regular files below the folder, relative, with `/`, in the order of their names. Links are not followed and
    /// hidden files passed over.
    List<String> list(Path folder) throws IOException {
        var names = new ArrayList<String>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return !directory.equals(folder) && directory.getFileName().toString().startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.getFileName().toString().startsWith(".")) {
                    names.add(folder.relativize(file).toString().replace('\\', '/'));
                }
                return names.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        names.sort(null);
        return names;
    }

    /// Opens nothing outside the folder, also when a link was put in the way after the listing.
    Optional<Path> file(String name, String relative) throws IOException {
        var folder = folders.get(name);
        if (folder == null) {
            return Optional.empty();
        }
        var file = folder.resolve(relative).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().startsWith(folder.toRealPath())) {
            return Optional.empty();
        }
        return Optional.of(file);
    }
}
