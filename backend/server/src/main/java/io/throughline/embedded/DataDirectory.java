package io.throughline.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The directory of everything embedded, held by one process at a time: two PostgreSQL on the same files destroy them.
final class DataDirectory implements AutoCloseable {

    private final FileChannel lockFile;

    private DataDirectory(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /// The lock ends with the process, however it ends.
    static DataDirectory lock(Path directory) {
        try {
            Files.createDirectories(directory);
            var lockFile = FileChannel.open(directory.resolve("server.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(lockFile)) {
                var holder = Files.readString(directory.resolve("server.lock")).strip();
                lockFile.close();
                throw new ConfigurationRefused(
                        "Another Throughline server (process %s) already uses the data directory %s."
                                .formatted(holder, directory),
                        "Stop that server, or give this one another directory in THROUGHLINE_DATA.");
            }
            lockFile.truncate(0);
            lockFile.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(lockFile);
        } catch (IOException unwritable) {
            throw new ConfigurationRefused(
                    "The data directory %s can't be written: %s.".formatted(directory, unwritable.getMessage()),
                    "Give the server's user the right to write there, or set THROUGHLINE_DATA to another directory.",
                    unwritable);
        }
    }

    private static boolean isLocked(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
