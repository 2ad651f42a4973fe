package io.throughline.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Where roots stand outside the database: `audit-anchor.ndjson` in the data directory, a line a root, only ever appended to; and, if
/// configured, a second directory with one file a root that is never written again, such as a write-once store.
@Component
class AnchorFile {

    private final Path file;
    private final Optional<Path> copies;

    AnchorFile(@Value("${throughline.data:data}") Path data, @Value("${throughline.audit.copies:}") String copies) throws IOException {
        this.file = data.toAbsolutePath().normalize().resolve("audit-anchor.ndjson");
        this.copies = copies.isBlank() ? Optional.empty() : Optional.of(Path.of(copies).toAbsolutePath().normalize());
        if (this.copies.isPresent() && !Files.isDirectory(this.copies.get())) {
            throw new IllegalStateException("THROUGHLINE_AUDIT_COPIES is '%s', which is no directory. Create it, or leave the setting out.".formatted(copies));
        }
    }

    Path path() {
        return file;
    }

    /// Appends roots and waits until they are on the disk.
    ///
    /// @param roots in their order; those that the file has already are left out
    void append(List<AnchoredRoot> roots) {
        try {
            Files.createDirectories(file.getParent());
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var _ = channel.lock()) { // nodes may share the directory
                endLastLine(channel);
                long last = findLast().map(AnchoredRoot::number).orElse(0L);
                for (var root : roots) {
                    if (root.number() > last) {
                        channel.write(ByteBuffer.wrap((root.line() + "\n").getBytes(StandardCharsets.UTF_8)), channel.size());
                    }
                }
                channel.force(true);
            }
            for (var root : roots) {
                copy(root);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the audit trail's root can't be appended to " + file, failed);
        }
    }

    /// A process that died while it wrote leaves half a line, which was never acknowledged: the next one begins at its place.
    private static void endLastLine(FileChannel channel) throws IOException {
        long end = channel.size();
        var one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                break;
            }
            end--;
        }
        channel.truncate(end);
    }

    private void copy(AnchoredRoot root) throws IOException {
        if (copies.isEmpty()) {
            return;
        }
        var copy = copies.get().resolve(name(root.number()));
        try {
            Files.writeString(copy, root.line() + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        } catch (FileAlreadyExistsException otherNode) {
            // written by a node that shares the directory; verification compares it
        }
    }

    private static String name(long number) {
        return "audit-root-%012d.json".formatted(number);
    }

    Optional<AnchoredRoot> findLast() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var tail = new byte[(int) Math.min(in.length(), 4096)]; // several times a line
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            var lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
            return lines.isEmpty() ? Optional.empty() : Optional.of(AnchoredRoot.parse(lines.getLast()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the anchor file %s can't be read".formatted(file), unreadable);
        }
    }

    /// Up to which number roots stand in the file or in the second directory; 0 for none.
    long lastNumber() {
        long number = 0;
        try (var lines = open().orElseGet(() -> new BufferedReader(Reader.nullReader()))) {
            number = lines.lines().count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the anchor file %s can't be read".formatted(file), unreadable);
        }
        while (copies.isPresent() && Files.exists(copies.get().resolve(name(number + 1)))) {
            number++;
        }
        return number;
    }

    /// All lines from the first root; empty when there is no file yet.
    Optional<BufferedReader> open() {
        try {
            return Files.exists(file) ? Optional.of(Files.newBufferedReader(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the anchor file %s can't be read".formatted(file), unreadable);
        }
    }

    boolean hasCopies() {
        return copies.isPresent();
    }

    /// The copy of a root in the second directory.
    Optional<String> findCopy(long number) {
        var copy = copies.map(it -> it.resolve(name(number)));
        try {
            return copy.isPresent() && Files.exists(copy.get()) ? Optional.of(Files.readString(copy.get()).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the copy %s can't be read".formatted(copy.orElseThrow()), unreadable);
        }
    }
}
