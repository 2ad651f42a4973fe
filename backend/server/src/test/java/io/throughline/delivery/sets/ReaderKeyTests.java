package io.throughline.delivery.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.delivery.ReaderKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("GD-1")
class ReaderKeyTests {

    private static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final RandomGenerator random = new SecureRandom();

    @Test
    void noneOfAThousandRandomKeysOfAnyFormIsRefused() {
        var forms = new LinkedHashMap<String, Supplier<String>>();
        for (int bytes : new int[] {8, 16, 32}) {
            forms.put("hexadecimal of " + bytes, () -> HexFormat.of().formatHex(bytes(bytes)));
            forms.put("base64url of " + bytes, () -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes)));
            forms.put("padded base64url of " + bytes, () -> Base64.getUrlEncoder().encodeToString(bytes(bytes)));
        }
        forms.put("digits with a prefix", () -> "hcp-" + random.nextLong(10_000_000L, 10_000_000_000L));
        forms.put("digits with a short prefix", () -> "p" + random.nextLong(10_000_000L, 10_000_000_000L));
        forms.put("UUID", () -> UUID.randomUUID().toString());
        forms.put("ULID", () -> "01" + drawn(CROCKFORD, 24));
        forms.put("nanoid", () -> drawn(URL_SAFE, 21));
        forms.forEach((form, key) -> {
            for (int i = 0; i < 1_000; i++) {
                var one = key.get();
                assertThat(ReaderKey.whyNot(one)).as(form + ": " + one).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jane.smith@example.org", "mailto:jane@example.org", "Jane Smith", "Jane Smith 84", "+44 20 7946 0958", "+442079460958",
            "020 7946 0958", "(020) 7946-0958", "020-7946-0958", "020.7946.0958", "tel:+442079460958", "tel:02079460958"})
    void whatIsSurelyAPersonsIsRefused(String key) {
        assertThat(ReaderKey.whyNot(key)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefg", "", "l\u00ednea-1234567", "<script>1234567", "12345678\n", "abc=defgh", "abcdefgh==="})
    void whatIsNotOfTheAlphabetIsRefused(String key) {
        assertThat(ReaderKey.whyNot(key)).isPresent();
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String drawn(String alphabet, int length) {
        var drawn = new StringBuilder();
        for (int i = 0; i < length; i++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }
}
