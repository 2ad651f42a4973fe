package io.throughline.engagement;

import io.throughline.delivery.ReaderKey;
import io.throughline.delivery.Receipts;
import io.throughline.engagement.EventType.Needs;
import io.throughline.taxonomy.Taxonomy;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges one event by itself, so that a bad one never loses the others.
@Component
class EventCheck {

    sealed interface Verdict {

        record Good(EngagementEvent event) implements Verdict {}

        /// @param code   stable; see the delivery contract
        /// @param path   JSON pointer within the event
        /// @param detail what to do next
        record Refused(String code, String path, String detail) implements Verdict {}
    }

    /// Tablets may be without a network for long; older than this is a mistake.
    static final Duration OLDEST = Duration.ofDays(366);
    /// Clocks differ.
    static final Duration FUTURE = Duration.ofMinutes(5);

    private static final Set<String> ATTRIBUTES = Set.of("specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data");
    private static final Set<String> HAND_OFFS = Set.of("medical", "representative", "service", "safety");
    /// Visible ASCII: no blank, no control character, nothing that looks like something else.
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Verdict.Refused refused;

        Refusal(String code, String path, String detail) {
            super(detail, null, false, false);
            this.refused = new Verdict.Refused(code, path, detail);
        }
    }

    private final Receipts receipts;
    private final Taxonomy taxonomy;

    EventCheck(Receipts receipts, Taxonomy taxonomy) {
        this.receipts = receipts;
        this.taxonomy = taxonomy;
    }

    Verdict check(JsonNode event, String channelKey, Instant now) {
        try {
            return new Verdict.Good(read(event, channelKey, now));
        } catch (Refusal refusal) {
            return refusal.refused;
        }
    }

    private EngagementEvent read(JsonNode event, String channelKey, Instant now) throws Refusal {
        if (!(event instanceof ObjectNode object)) {
            throw malformed("", "An event is a JSON object.");
        }
        requireKnown(object, ATTRIBUTES, "");
        if (!"1.0".equals(text(object, "specversion", "/specversion"))) {
            throw malformed("/specversion", "specversion is \"1.0\".");
        }
        if (object.has("datacontenttype") && !"application/json".equals(text(object, "datacontenttype", "/datacontenttype"))) {
            throw malformed("/datacontenttype", "datacontenttype is application/json, or left out.");
        }
        var id = name(object, "id");
        var source = name(object, "source");
        var type = EventType.find(text(object, "type", "/type")).orElseThrow(() -> new Refusal("unknown-type", "/type",
                "There is no such type of event. Take one that the contract lists."));
        var subject = text(object, "subject", "/subject");
        var whyNot = ReaderKey.whyNot(subject);
        if (whyNot.isPresent()) {
            throw new Refusal("personal-data", "/subject", whyNot.get());
        }
        var data = object.has("data") ? object.get("data") : object.objectNode();
        if (!(data instanceof ObjectNode fields)) {
            throw malformed("/data", "data is a JSON object.");
        }
        var served = served(fields, type, channelKey);
        var itemId = optional(fields, "item");
        if (itemId == null && type.needs() == Needs.ITEM) {
            throw malformed("/data/item", "Say which item of the set this is about.");
        }
        if (itemId != null && served == null) {
            throw malformed("/data/receipt", "An item goes with the receipt of the set that it came in.");
        }
        var item = itemId == null || served == null ? null : served.receipt().find(itemId).orElseThrow(() -> new Refusal("item-not-in-set", "/data/item",
                "That item was not in the set of the receipt. Send the receipt of the set that it came in."));
        return new EngagementEvent(source, id, type, new ReaderKey(subject), time(object, now), served, item, rest(fields, type));
    }

    private EngagementEvent.@Nullable Served served(ObjectNode data, EventType type, String channelKey) throws Refusal {
        var text = optional(data, "receipt");
        if (text == null) {
            if (type.needs() != Needs.NOTHING) {
                throw malformed("/data/receipt", "Send the receipt of the content set that this is about.");
            }
            return null;
        }
        // another channel's receipt reads like one that never was (S10)
        var receipt = receipts.open(text).filter(known -> known.channelKey().equals(channelKey)).orElseThrow(() -> new Refusal("unknown-receipt",
                "/data/receipt", "This is no receipt that this channel got. Send 'receipt' of the content set as it is."));
        return EngagementEvent.Served.of(receipt, text);
    }

    private JsonNode rest(ObjectNode data, EventType type) throws Refusal {
        var known = new java.util.HashSet<>(type.data());
        known.add("receipt");
        known.add("item");
        requireKnown(data, known, "/data");
        var rest = data.objectNode();
        for (var field : type.data()) {
            if (data.has(field)) {
                requireValue(field, data.get(field));
                rest.set(field, data.get(field));
            }
        }
        if (type == EventType.RATED && !rest.has("rating")) {
            throw malformed("/data/rating", "A rating is a whole number from 1 to 5.");
        }
        if (type == EventType.STAGE_CHANGED && !rest.has("to")) {
            throw malformed("/data/to", "Say which stage the person has come to.");
        }
        if (type == EventType.STAGE_CHANGED) {
            requireStage(rest, "from");
            requireStage(rest, "to");
        } else if (rest.has("to") && !HAND_OFFS.contains(rest.path("to").asString(""))) {
            throw malformed("/data/to", "'to' is one of " + String.join(", ", HAND_OFFS.stream().sorted().toList()) + ".");
        }
        return rest;
    }

    private void requireStage(ObjectNode data, String field) throws Refusal {
        if (data.has(field) && taxonomy.find("stages", data.path(field).asString("")).isEmpty()) {
            throw malformed("/data/" + field, "'" + field + "' is a notation of the stages vocabulary.");
        }
    }

    private void requireValue(String field, JsonNode value) throws Refusal {
        var good = switch (field) {
            case "rating" -> value.isInt() && value.intValue() >= 1 && value.intValue() <= 5;
            case "share" -> value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1;
            case "minutes" -> value.isInt() && value.intValue() >= 0 && value.intValue() <= 24 * 60;
            case "helpful" -> value.isBoolean();
            case "channel" -> value.isString() && taxonomy.find("channels", value.asString("")).isPresent();
            case "from", "to" -> value.isString();
            default -> false;
        };
        if (!good) {
            throw malformed("/data/" + field, switch (field) {
                case "rating" -> "A rating is a whole number from 1 to 5.";
                case "share" -> "'share' is a number from 0 to 1.";
                case "minutes" -> "'minutes' is a whole number from 0 to 1440.";
                case "helpful" -> "'helpful' is true or false.";
                case "channel" -> "'channel' is a notation of the channels vocabulary.";
                default -> "'" + field + "' is a text.";
            });
        }
    }

    private static Instant time(ObjectNode event, Instant now) throws Refusal {
        try {
            var time = java.time.OffsetDateTime.parse(text(event, "time", "/time")).toInstant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
            if (time.isBefore(now.minus(OLDEST)) || time.isAfter(now.plus(FUTURE))) {
                throw new Refusal("time-out-of-range", "/time", "'time' lies at most 366 days back and 5 minutes ahead. Check the device's clock.");
            }
            return time;
        } catch (DateTimeParseException malformed) {
            throw malformed("/time", "'time' is an instant such as 2026-11-21T09:40:00Z.");
        }
    }

    private static String name(ObjectNode event, String field) throws Refusal {
        var value = text(event, field, "/" + field);
        if (namesSomebody(value)) {
            throw new Refusal("personal-data", "/" + field, "It looks like an e-mail address or telephone number. Send a name that tells nothing of a person.");
        }
        if (!NAME.matcher(value).matches()) {
            throw malformed("/" + field, "'" + field + "' has 1 to 200 visible ASCII characters without blanks.");
        }
        return value;
    }

    /// Plain digits are a good id; with a + they are a number that one can call.
    private static boolean namesSomebody(String name) {
        return ReaderKey.isEmailAddress(name) || name.startsWith("tel:") || (name.startsWith("+") && ReaderKey.isTelephoneNumber(name));
    }

    private static String text(ObjectNode object, String field, String path) throws Refusal {
        var value = object.get(field);
        if (value == null || !value.isString()) {
            throw malformed(path, "'" + field + "' is required, and is a text.");
        }
        return value.asString();
    }

    private static @Nullable String optional(ObjectNode data, String field) throws Refusal {
        return data.has(field) ? text(data, field, "/data/" + field) : null;
    }

    private static void requireKnown(ObjectNode object, Set<String> known, String path) throws Refusal {
        var unknown = Optional.ofNullable(object.propertyNames().stream().filter(name -> !known.contains(name)).findFirst().orElse(null));
        if (unknown.isPresent()) {
            throw malformed(path, "Take out what this type of event does not have; known are "
                    + String.join(", ", known.stream().sorted().toList()) + ".");
        }
    }

    private static Refusal malformed(String path, String detail) {
        return new Refusal("malformed-event", path, detail);
    }

    /// For answers: the event's own id, where it has one that can be repeated safely.
    static @Nullable String idOf(JsonNode event) {
        var id = event.path("id");
        return id.isString() && NAME.matcher(id.asString()).matches() && !namesSomebody(id.asString()) ? id.asString() : null;
    }

}
