package io.throughline.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Signs the trail's roots with Ed25519. The private half is in a file for its owner only, never in the database: whoever can write
/// every table still can't sign.
///
/// The file holds two PEM blocks, `PRIVATE KEY` (PKCS #8) and `PUBLIC KEY`; the server makes it when there is none.
@Component
class AnchorKey {

    private static final String ALGORITHM = "Ed25519";

    private final KeyPair pair;
    private final String publicHalf;
    private final Map<String, PublicKey> known = new HashMap<>();

    AnchorKey(@Value("${throughline.audit.key:}") String key, @Value("${throughline.data:data}") Path data,
            @Value("${throughline.audit.trusted-keys:}") List<String> trusted) {
        var file = (key.isBlank() ? data.resolve("audit-anchor.key") : Path.of(key)).toAbsolutePath().normalize();
        this.pair = read(file);
        this.publicHalf = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        known.put(publicHalf, pair.getPublic());
        for (var each : trusted) {
            var other = publicKey(each, "THROUGHLINE_AUDIT_TRUSTED_KEYS");
            known.put(Base64.getEncoder().encodeToString(other.getEncoded()), other);
        }
    }

    /// Base64; to be listed in the other nodes' `THROUGHLINE_AUDIT_TRUSTED_KEYS`.
    String publicHalf() {
        return publicHalf;
    }

    boolean knows(String publicHalf) {
        return known.containsKey(publicHalf);
    }

    String sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has Ed25519", missing);
        }
    }

    /// Whether a key that this node knows signed it.
    boolean verifies(AnchoredRoot root) {
        var key = known.get(root.key());
        if (key == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(root.signedBytes());
            return signature.verify(Base64.getDecoder().decode(root.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }

    private static KeyPair read(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            var text = Files.readString(file);
            var secret = new PKCS8EncodedKeySpec(block(text, "PRIVATE KEY", file));
            return new KeyPair(publicKey(Base64.getEncoder().encodeToString(block(text, "PUBLIC KEY", file)), file.toString()),
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(secret));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the key that signs the audit trail's roots can't be kept in " + file, unreadable);
        } catch (GeneralSecurityException malformed) {
            throw malformed(file.toString(), malformed);
        }
    }

    private static void make(Path file) throws IOException, GeneralSecurityException {
        Files.createDirectories(file.getParent());
        var fresh = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        // written beside and then linked into place: nobody reads a half-written key, and the first one stays
        var made = Files.createTempFile(file.getParent(), "audit-anchor", null, PosixFilePermissions.asFileAttribute(
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
        Files.writeString(made, pem("PRIVATE KEY", fresh.getPrivate().getEncoded()) + pem("PUBLIC KEY", fresh.getPublic().getEncoded()),
                StandardOpenOption.SYNC);
        try {
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException madeBefore) {
            // that one counts; it is read next
        } finally {
            Files.delete(made);
        }
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(name, Base64.getEncoder().encodeToString(bytes), name);
    }

    private static byte[] block(String text, String name, Path file) {
        var block = Pattern.compile("-----BEGIN %s-----([A-Za-z0-9+/=\\s]+)-----END %s-----".formatted(name, name)).matcher(text);
        if (!block.find()) {
            throw malformed(file + ", block " + name, null);
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }

    private static PublicKey publicKey(String base64, String where) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64.strip())));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw malformed(where, malformed);
        }
    }

    private static IllegalStateException malformed(String where, @Nullable Throwable cause) {
        return new IllegalStateException("%s is no Ed25519 key. Make a file with both halves with: (openssl genpkey -algorithm ed25519 -out k && openssl pkey -in k -pubout >> k)"
                .formatted(where), cause);
    }
}
