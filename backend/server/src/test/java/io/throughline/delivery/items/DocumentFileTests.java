package io.throughline.delivery.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFileTests {

    @TempDir Path directory;

    @Test
    void whatWasKeptComesBackAsItWas() throws IOException {
        try (var file = DocumentFile.in(directory, 1 << 20)) {
            var kept = new HashMap<String, Document>();
            var random = new Random(1);
            for (int i = 0; i < 200; i++) {
                var document = document(random, random.nextInt(3_000));
                kept.put("pub_" + i, document);
                file.keep("pub_" + i, document);
            }
            kept.forEach((id, document) -> {
                var found = file.find(id);
                assertThat(found).isNotNull();
                assertThat(found.bytes()).isEqualTo(document.bytes());
                assertThat(found.hash()).isEqualTo(document.hash());
            });
            assertThat(file.find("pub_200")).isNull();
        }
    }

    @Test
    void theNewestTakeTheRoomOfTheOldestAndNothingElse() throws IOException {
        int capacity = 64 << 10;
        try (var file = DocumentFile.in(directory, capacity)) {
            var kept = new LinkedHashMap<String, Document>();
            var random = new Random(2);
            for (int i = 0; i < 3_000; i++) {
                var document = document(random, random.nextInt(4_000));
                file.keep("pub_" + i, document);
                kept.put("pub_" + i, document);
                long room = 0;
                var newestFirst = new ArrayList<>(kept.sequencedKeySet().reversed());
                for (var id : newestFirst) {
                    room += kept.get(id).bytes().length + 64;
                    if (room < capacity - 4_100) { // the end of the ring may be left empty
                        assertThat(file.find(id)).as(id + " after " + i).isNotNull();
                    } else if (room > capacity + 64 * 200) {
                        assertThat(file.find(id)).as(id + " after " + i).isNull();
                        kept.remove(id);
                    } else {
                        var found = file.find(id);
                        assertThat(found == null || java.util.Arrays.equals(found.bytes(), kept.get(id).bytes())).isTrue();
                    }
                }
            }
            assertThat(file.count()).isBetween(10, 400);
        }
    }

    @Test
    void whatIsBeingOverwrittenIsNeverReadInPieces() throws Exception {
        try (var file = DocumentFile.in(directory, 32 << 10); var readers = Executors.newFixedThreadPool(2)) {
            var ends = new AtomicBoolean();
            var found = new ArrayList<Future<Integer>>();
            for (int reader = 0; reader < 2; reader++) {
                Callable<Integer> reading = () -> {
                    int whole = 0;
                    var random = new Random();
                    while (!ends.get()) {
                        var document = file.find("pub_" + random.nextInt(64));
                        if (document != null) {
                            assertThat(Sha256.digest().digest(document.bytes())).isEqualTo(document.hash());
                            whole++;
                        }
                    }
                    return whole;
                };
                found.add(readers.submit(reading));
            }
            var random = new Random(3);
            for (int i = 0; i < 60_000; i++) {
                file.keep("pub_" + random.nextInt(64), document(random, random.nextInt(3_000)));
            }
            ends.set(true);
            for (var whole : found) {
                assertThat(whole.get()).isPositive();
            }
        }
    }

    @Test
    void aDocumentThatWouldDriveOutAllOthersIsNotKept() throws IOException {
        try (var file = DocumentFile.in(directory, 16 << 10)) {
            file.keep("pub_small", document(new Random(4), 100));
            file.keep("pub_large", document(new Random(4), 3_000));
            assertThat(file.contains("pub_large")).isFalse();
            assertThat(file.find("pub_small")).isNotNull();
        }
    }

    @Test
    void nothingOfItIsLeftInTheFolder() throws IOException {
        try (var file = DocumentFile.in(directory, 16 << 10)) {
            file.keep("pub_1", document(new Random(5), 100));
            try (var names = Files.list(directory)) {
                assertThat(names).isEmpty();
            }
        }
    }

    @Test
    void afterAWriteThatFailedItKeepsNothingMoreAndSaysSoOnce() throws IOException {
        var full = new AtomicBoolean();
        var disk = new RandomAccessFile(directory.resolve("disk").toFile(), "rw") {
            @Override
            public void write(byte[] bytes) throws IOException {
                if (full.get()) {
                    throw new IOException("No space left on device");
                }
                super.write(bytes);
            }
        };
        try (var file = new DocumentFile(disk, 16 << 10)) {
            file.keep("pub_1", document(new Random(6), 100));
            full.set(true);
            assertThatThrownBy(() -> file.keep("pub_2", document(new Random(6), 100))).hasMessage("No space left on device");
            full.set(false);
            file.keep("pub_3", document(new Random(6), 100));
            assertThat(file.find("pub_1")).isNotNull();
            assertThat(file.find("pub_2")).isNull();
            assertThat(file.find("pub_3")).isNull();
        }
    }

    private static Document document(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Document.of(bytes);
    }
}
