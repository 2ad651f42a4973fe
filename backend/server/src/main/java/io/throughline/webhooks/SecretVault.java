package io.throughline.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Seals what the server must be able to read again: AES-256-GCM with a key that is not in the database, so that a copy of the
/// database alone signs nothing. The key comes from `THROUGHLINE_SECRETS_KEY`, or from a file in the data directory that the
/// first sealing makes for its owner only.
@Component
class SecretVault {

    private static final String FILE = "secrets.key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Optional<byte[]> configured;
    private final Path file;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable SecretKeySpec known;

    SecretVault(@Value("${throughline.secrets-key:}") String key, @Value("${throughline.data:data}") Path data) {
        this.configured = key.isBlank() ? Optional.empty() : Optional.of(decoded(key.strip()));
        this.file = data.toAbsolutePath().normalize().resolve(FILE);
    }

    /// @param context what the secret belongs to; it opens only with the same
    String seal(String secret, String context) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES/GCM", missing);
        }
    }

    /// Empty when it was sealed with another key, or altered.
    Optional<String> open(String sealed, String context) {
        try {
            var all = Base64.getDecoder().decode(sealed);
            var opened = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), context).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(opened, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SecretKeySpec key() {
        var key = known;
        if (key == null) {
            key = new SecretKeySpec(configured.orElseGet(this::fromFile), "AES");
            known = key;
        }
        return key;
    }

    private byte[] fromFile() {
        try {
            Files.createDirectories(file.getParent());
            var fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            // written beside and then linked into place: nobody reads a half-written key, and the first one stays
            var made = Files.createTempFile(file.getParent(), FILE, null, PosixFilePermissions.asFileAttribute(Set.of(
                    java.nio.file.attribute.PosixFilePermission.OWNER_READ, java.nio.file.attribute.PosixFilePermission.OWNER_WRITE)));
            Files.writeString(made, Base64.getEncoder().encodeToString(fresh), StandardOpenOption.SYNC);
            try {
                Files.createLink(file, made);
            } catch (FileAlreadyExistsException madeBefore) {
                // that one counts; it is read below
            } finally {
                Files.delete(made);
            }
            return decoded(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the key of sealed secrets can't be kept in " + file, unreadable);
        }
    }

    private static byte[] decoded(String key) {
        try {
            var bytes = Base64.getDecoder().decode(key);
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed(notBase64);
        }
        throw malformed(null);
    }

    private static IllegalStateException malformed(@Nullable Throwable cause) {
        return new IllegalStateException("THROUGHLINE_SECRETS_KEY is not the Base64 of 32 bytes. Make one with: openssl rand -base64 32", cause);
    }
}
