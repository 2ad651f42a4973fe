package io.throughline.delivery.items;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Documents beyond those that the heap holds, in a file that only this process can open: what was read from the database once is
/// not asked for again while there is room. Nothing of it outlives the process.
///
/// The file is a ring of records; the newest take the place of the oldest. It is written through a descriptor, so that a full disk is
/// an exception, and read through a mapping: no lock, no system call, and the memory is the operating system's to take back.
final class DocumentFile implements AutoCloseable {

    /// Length of the id and of the document as two ints, the SHA-256, the id, the document; filled up to a multiple of 8.
    private static final int HASH_AT = 8;
    private static final int HEAD = HASH_AT + 32;
    /// In place of an id's length: the ring goes on at its beginning.
    private static final int WRAP = -1;

    private final RandomAccessFile file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment mapped;
    private final long capacity;
    private final Map<String, Long> places = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    /// Places count on for ever; where a record lies is its place modulo the capacity. Whatever lies before `written - capacity` is
    /// being overwritten or was.
    private volatile long written;
    private long oldest;
    /// After a write that failed: what lies beyond is unknown, so nothing is written any more.
    private boolean broken;

    /// @param directory where the file takes its room; it has no name there any more once this returns
    /// @param capacity  in bytes, at least a few kilobytes
    static DocumentFile in(Path directory, long capacity) throws IOException {
        var path = Files.createTempFile(directory, "throughline-documents-", ".tmp");
        try {
            return new DocumentFile(new RandomAccessFile(path.toFile(), "rw"), capacity);
        } finally {
            Files.delete(path);
        }
    }

    DocumentFile(RandomAccessFile file, long capacity) throws IOException {
        this.file = file;
        this.capacity = capacity & -8;
        mapped = file.getChannel().map(MapMode.READ_WRITE, 0, this.capacity, arena);
    }

    @Nullable Document find(String id) {
        var place = places.get(id);
        if (place == null) {
            return null;
        }
        long at = place % capacity;
        int idLength = mapped.get(ValueLayout.JAVA_INT, at);
        int length = mapped.get(ValueLayout.JAVA_INT, at + 4);
        if (isOverwritten(place)) {
            return null; // and its head may be anything
        }
        var hash = new byte[32];
        var bytes = new byte[length];
        MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at + HASH_AT, hash, 0, hash.length);
        MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at + HEAD + idLength, bytes, 0, length);
        return isOverwritten(place) ? null : new Document(bytes, hash);
    }

    /// Whether what was read until now may have been something else.
    private boolean isOverwritten(long place) {
        VarHandle.loadLoadFence();
        return written - place > capacity;
    }

    /// A document that is there already, or larger than an eighth of the file, is left as it is.
    ///
    /// @throws IOException once, when the disk has no room: from then on what is there stays readable and nothing is added
    void keep(String id, Document document) throws IOException {
        var name = id.getBytes(StandardCharsets.UTF_8);
        long size = size(name.length, document.bytes().length);
        writing.lock();
        try {
            if (broken || size > capacity / 8 || places.containsKey(id)) {
                return;
            }
            broken = true; // unless it comes to its end
            long left = capacity - written % capacity;
            if (size > left) {
                claim(left);
                write(written - left, ByteBuffer.allocate(4).putInt(WRAP).array());
            }
            long place = written;
            claim(size);
            var record = ByteBuffer.allocate((int) size).order(java.nio.ByteOrder.nativeOrder());
            write(place, record.putInt(name.length).putInt(document.bytes().length).put(document.hash()).put(name).put(document.bytes()).array());
            places.put(id, place);
            broken = false;
        } finally {
            writing.unlock();
        }
    }

    boolean contains(String id) {
        return places.containsKey(id);
    }

    int count() {
        return places.size();
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            broken = true;
            places.clear();
            file.close();
        } finally {
            writing.unlock();
        }
        arena.close();
    }

    /// Forgets what lies where the next bytes go, and only then lets them go there.
    private void claim(long bytes) {
        while (oldest < written && oldest + capacity < written + bytes) {
            long at = oldest % capacity;
            int idLength = mapped.get(ValueLayout.JAVA_INT, at);
            if (idLength == WRAP) {
                oldest += capacity - at;
                continue;
            }
            var id = new byte[idLength];
            MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at + HEAD, id, 0, idLength);
            places.remove(new String(id, StandardCharsets.UTF_8), oldest);
            oldest += size(idLength, mapped.get(ValueLayout.JAVA_INT, at + 4));
        }
        written += bytes;
        VarHandle.fullFence();
    }

    private void write(long place, byte[] bytes) throws IOException {
        file.seek(place % capacity);
        file.write(bytes);
    }

    private static long size(int idLength, int length) {
        return (long) HEAD + idLength + length + 7 & -8L;
    }
}
