package io.throughline.evidence;

import io.throughline.shared.Actor;
import io.throughline.shared.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Files by the SHA-256 of their content, in a folder: `ab/cdef…`. A name from outside never becomes a path (S19).
///
/// The row is written in the caller's transaction; the file is moved into place just before it commits. A rollback
/// leaves nothing.
@Service
public class Blobs {

    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final JdbcClient jdbc;
    private final Path folder;
    private final Clock clock;

    Blobs(JdbcClient jdbc, @Value("${throughline.blobs}") Path folder, Clock clock) throws IOException {
        this.jdbc = jdbc;
        this.folder = Files.createDirectories(folder.toAbsolutePath().normalize());
        this.clock = clock;
    }

    /// Keeps what `content` holds to its end; the same bytes are kept once, under the media type of the first time.
    ///
    /// @param actor     may read it until an item holds it
    /// @param mediaType found out from the content by the caller
    @Transactional(propagation = Propagation.MANDATORY)
    public Blob store(Actor actor, InputStream content, String mediaType) {
        try {
            var incoming = Files.createDirectories(folder.resolve("incoming"));
            var temporary = Files.createTempFile(incoming, "blob", null);
            var digest = Sha256.digest();
            long bytes;
            try (var in = new DigestInputStream(content, digest); var out = Files.newOutputStream(temporary)) {
                bytes = in.transferTo(out);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            var sha256 = HexFormat.of().formatHex(digest.digest());
            TransactionSynchronizationManager.registerSynchronization(new MoveIntoPlace(temporary, path(sha256)));
            jdbc.sql("""
                            insert into blob (sha256, media_type, bytes, created_at) values (:sha256, :type, :bytes, :at)
                            on conflict (sha256) do nothing
                            """)
                    .param("sha256", sha256).param("type", mediaType).param("bytes", bytes)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC)).update();
            jdbc.sql("""
                            insert into blob_upload (sha256, person_id, uploaded_at) values (:sha256, :person, :at)
                            on conflict (sha256, person_id) do nothing
                            """)
                    .param("sha256", sha256).param("person", actor.id()).param("at", clock.instant().atOffset(ZoneOffset.UTC)).update();
            return find(sha256).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the blob store %s can't be written".formatted(folder), e);
        }
    }

    public Optional<Blob> find(String sha256) {
        return jdbc.sql("select sha256, bytes, media_type from blob where sha256 = :sha256").param("sha256", sha256)
                .query((row, _) -> new Blob(row.getString("sha256"), row.getLong("bytes"), row.getString("media_type"))).optional();
    }

    /// The content; the caller closes it. Empty for a hash that nobody stored.
    public Optional<InputStream> open(String sha256) {
        if (!SHA256.matcher(sha256).matches() || find(sha256).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.newInputStream(path(sha256)));
        } catch (IOException e) {
            throw new UncheckedIOException("the blob %s has a row but no file".formatted(sha256), e);
        }
    }

    private Path path(String sha256) {
        return path(folder, sha256);
    }

    static Path path(Path folder, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256");
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    /// Moving before the commit means: a row that is committed has its file. The other way round a crash between the two
    /// would leave a row without content; a file without a row harms nobody and is overwritten by the same bytes.
    private record MoveIntoPlace(Path temporary, Path target) implements TransactionSynchronization {

        @Override
        public void beforeCommit(boolean readOnly) {
            try {
                Files.createDirectories(target.getParent());
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("the file can't be moved to " + target, e);
            }
        }

        @Override
        public void afterCompletion(int status) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                LOG.warn("a temporary file stays in the blob store: {}", temporary, e);
            }
        }
    }
}
