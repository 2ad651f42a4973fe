package io.throughline.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What signing asks of a password beside being right (P11-11).
///
/// @param passwordMaxAge a password older than this signs nothing more until it is changed
@ConfigurationProperties("throughline.signing")
record SigningPolicy(@DefaultValue("365d") Duration passwordMaxAge) {
    SigningPolicy {
        if (passwordMaxAge.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("throughline.signing.password-max-age is at least 1d, not " + passwordMaxAge);
        }
    }
}
