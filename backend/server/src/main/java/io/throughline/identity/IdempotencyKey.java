package io.throughline.identity;

import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a client calls one act of its own (draft-ietf-httpapi-idempotency-key-header-07): 16 to 128 characters that nobody guesses,
/// a UUID say; the quotation marks of a structured field may be left out.
///
/// @param value without quotation marks
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern WRITTEN = Pattern.compile("(?<quote>\"?)(?<key>[A-Za-z0-9._~:+/=-]{16,128})\\k<quote>");
    private static final String MAC = "HmacSHA256";

    /// Empty when it is written otherwise.
    static Optional<IdempotencyKey> parse(String header) {
        var written = WRITTEN.matcher(header.strip());
        return written.matches() ? Optional.of(new IdempotencyKey(written.group("key"))) : Optional.empty();
    }

    /// What is stored of it.
    String sha256() {
        return Sha256.hex(value.getBytes(StandardCharsets.UTF_8));
    }

    /// The same for the same request only. A request may carry a password: keyed by what is not stored, this tells nothing of it.
    String macOf(String method, String address, byte[] body) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), MAC));
            mac.update((method + " " + address + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", missing);
        }
    }
}
