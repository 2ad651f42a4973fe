package io.throughline.shared;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Secrets that all nodes share and nobody is ever shown. The first node that needs one makes it.
@Component
public class SharedSecrets {

    public static final int MAC_LENGTH = 16;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    SharedSecrets(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Makes a secret that is not there yet, so that nobody who only reads has to: a disk may be full by then.
    public void prepare(String name) {
        known.computeIfAbsent(name, this::load);
    }

    /// HMAC-SHA256 with the secret of that name, cut to [#MAC_LENGTH] bytes.
    public byte[] mac(String name, byte[] bytes) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(known.computeIfAbsent(name, this::load), "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(bytes), MAC_LENGTH);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    private byte[] load(String name) {
        var there = find(name);
        if (there.length > 0) {
            return there;
        }
        var fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("insert into delivery_secret (name, value, created_at) values (:name, :value, :at) on conflict do nothing")
                .param("name", name)
                .param("value", Base64.getEncoder().encodeToString(fresh))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return find(name);
    }

    private byte[] find(String name) {
        return jdbc.sql("select value from delivery_secret where name = :name").param("name", name).query(String.class).optional()
                .map(value -> Base64.getDecoder().decode(value.getBytes(StandardCharsets.US_ASCII)))
                .orElse(new byte[0]);
    }
}
