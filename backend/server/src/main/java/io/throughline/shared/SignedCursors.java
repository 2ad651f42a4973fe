package io.throughline.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Cursors that only we can write and that hold for one query only: where a page ended, with an HMAC over it and the query.
@Component
public class SignedCursors {

    private static final String NAME = "cursor";
    private static final int MAC_LENGTH = SharedSecrets.MAC_LENGTH;
    private static final int LONGEST = 4_000;

    private final SharedSecrets secrets;

    SignedCursors(SharedSecrets secrets) {
        this.secrets = secrets;
        secrets.prepare(NAME);
    }

    /// @param query everything that the page depends on but the cursor itself, in one fixed form
    public String seal(String query, JsonNode position) {
        var body = Json.text(position).getBytes(StandardCharsets.UTF_8);
        var mac = mac(query, body);
        var all = new byte[MAC_LENGTH + body.length];
        System.arraycopy(mac, 0, all, 0, MAC_LENGTH);
        System.arraycopy(body, 0, all, MAC_LENGTH, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` for a cursor that is not ours or belongs to another query
    public JsonNode open(String query, String cursor) {
        return open(query, cursor, "after",
                "This cursor does not belong to this query. Take 'nextCursor' as it is, with the same parameters, or start without 'after'.");
    }

    /// @param parameter that the cursor came in
    /// @param advice    what to do when it is not ours
    public JsonNode open(String query, String cursor, String parameter, String advice) {
        var notOurs = Problem.INVALID_QUERY.because(advice, List.of(new FieldError("invalid-parameter", parameter, advice)));
        try {
            if (cursor.length() > LONGEST) {
                throw notOurs;
            }
            var all = Base64.getUrlDecoder().decode(cursor);
            if (all.length <= MAC_LENGTH) {
                throw notOurs;
            }
            var body = Arrays.copyOfRange(all, MAC_LENGTH, all.length);
            if (!MessageDigest.isEqual(mac(query, body), Arrays.copyOf(all, MAC_LENGTH))) {
                throw notOurs;
            }
            return Json.mapper().readTree(body);
        } catch (IllegalArgumentException | JacksonException malformed) {
            throw notOurs;
        }
    }

    private byte[] mac(String query, byte[] body) {
        var asked = Sha256.hex(query.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(asked, asked.length + body.length);
        System.arraycopy(body, 0, all, asked.length, body.length);
        return secrets.mac(NAME, all);
    }
}
