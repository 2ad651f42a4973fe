package io.throughline.delivery;

import io.throughline.shared.Json;
import io.throughline.shared.SharedSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Receipts say what a set was and that we served it: they carry their own content with an HMAC over it. So a set can be
/// served from any cache without writing anything down, and every node can read the receipt of every other, for ever.
///
/// Equal sets have equal receipts: neither a moment nor a reader is in it.
@Component
public class Receipts {

    /// Longest text that is looked at; the largest set's receipt stays far below it.
    public static final int LONGEST = 8_000;

    private static final String PREFIX = "rcp_";
    private static final String SECRET = "receipt";
    private static final int FORMAT = 2;
    private static final int FIELDS = 13;
    /// Of receipts that name no prescribing information; channels may send events with theirs for ever.
    private static final int FORMAT_BEFORE = 1;
    private static final int FIELDS_BEFORE = 12;

    private final UnaryOperator<byte[]> mac;

    @Autowired
    public Receipts(SharedSecrets secrets) {
        this(content -> secrets.mac(SECRET, content));
        secrets.prepare(SECRET);
    }

    /// @param mac answers with [SharedSecrets#MAC_LENGTH] bytes
    public Receipts(UnaryOperator<byte[]> mac) {
        this.mac = mac;
    }

    public String seal(Receipt receipt) {
        var fields = Json.mapper().createArrayNode();
        fields.add(FORMAT).add(receipt.channelKey()).add(receipt.market()).add(receipt.locale()).add(receipt.audience())
                .add(receipt.stage()).add(receipt.need()).add(receipt.kind()).add(receipt.strategy()).add(receipt.strategyVersion());
        var objectives = fields.addArray();
        receipt.objectives().forEach(objectives::add);
        var items = fields.addArray();
        // many items show the same one: each names its place in the list
        var labels = receipt.items().stream().map(Receipt.Item::prescribing).filter(Objects::nonNull).distinct().toList();
        receipt.items().forEach(item -> items.add(item.slot() + ":" + item.id() + ":" + item.version()
                + (item.prescribing() == null ? "" : ":" + labels.indexOf(item.prescribing()))));
        var prescribing = fields.addArray();
        labels.forEach(label -> prescribing.add(label.id() + ":" + label.version()));
        var content = Json.text(fields).getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(mac.apply(content), SharedSecrets.MAC_LENGTH + content.length);
        System.arraycopy(content, 0, all, SharedSecrets.MAC_LENGTH, content.length);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// Empty for what is no receipt of ours, or was altered.
    public Optional<Receipt> open(String text) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var all = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            if (all.length <= SharedSecrets.MAC_LENGTH) {
                return Optional.empty();
            }
            var content = Arrays.copyOfRange(all, SharedSecrets.MAC_LENGTH, all.length);
            if (!MessageDigest.isEqual(mac.apply(content), Arrays.copyOf(all, SharedSecrets.MAC_LENGTH))) {
                return Optional.empty();
            }
            return Optional.of(read(Json.mapper().readTree(content)));
        } catch (IllegalArgumentException | JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static Receipt read(JsonNode fields) {
        int format = fields.path(0).asInt(0);
        if (!(format == FORMAT && fields.size() == FIELDS || format == FORMAT_BEFORE && fields.size() == FIELDS_BEFORE)) {
            throw new IllegalArgumentException("a receipt of another format");
        }
        var labels = new ArrayList<Receipt.Prescribing>();
        fields.path(12).forEach(label -> {
            var parts = label.asString("").split(":", 2);
            labels.add(new Receipt.Prescribing(parts[0], Integer.parseInt(parts[1])));
        });
        var items = new ArrayList<Receipt.Item>();
        fields.path(11).forEach(item -> {
            var parts = item.asString("").split(":", 4);
            items.add(new Receipt.Item(parts[0], parts[1], Integer.parseInt(parts[2]), parts.length < 4 ? null : labels.get(Integer.parseInt(parts[3]))));
        });
        var objectives = new ArrayList<String>();
        fields.path(10).forEach(objective -> objectives.add(objective.asString("")));
        return new Receipt(fields.path(1).asString(""), fields.path(2).asString(""), fields.path(3).asString(""), fields.path(4).asString(""),
                text(fields, 5), text(fields, 6), text(fields, 7), text(fields, 8), fields.path(9).asInt(0), List.copyOf(objectives), items);
    }

    private static @Nullable String text(JsonNode fields, int at) {
        return fields.path(at).isNull() ? null : fields.path(at).asString("");
    }
}
