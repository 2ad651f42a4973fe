package io.throughline.delivery.sync;

import io.throughline.catalogue.Readable;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a channel's copy stands: the state it has, and, between two pages, the state it is on its way to.
///
/// A state of the catalogue is a content sequence and a moment: the sequence says which publications there are, the moment
/// which of them are effective.
///
/// @param scope   what the copy holds in the state `had`
/// @param had     null while the first copy is being made
/// @param target  null between two rounds
/// @param reading what the credential read of the scope when the round to `target` began; what the copy holds when it ends
record SyncToken(SyncScope scope, @Nullable State had, @Nullable State target, SyncScope reading, Position after) {

    /// @param at truncated to microseconds, as the database keeps it
    record State(long sequence, Instant at) {

        State {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }

        private ObjectNode json() {
            return Json.object().put("n", sequence).put("t", ChronoUnit.MICROS.between(Instant.EPOCH, at));
        }

        private static @Nullable State read(JsonNode json) {
            return json.isObject() ? new State(json.path("n").asLong(), Instant.EPOCH.plus(json.path("t").asLong(), ChronoUnit.MICROS)) : null;
        }
    }

    /// The last place of a page; places are ordered by these four.
    record Position(long sequence, String itemId, String market, String locale) {
        static final Position START = new Position(-1, "", "", "");
    }

    /// When the copy was last known to be whole, or begun.
    Instant takenAt() {
        var state = had != null ? had : target;
        if (state == null) {
            throw new IllegalStateException("a token has a state that it comes from or goes to");
        }
        return state.at();
    }

    ObjectNode json() {
        var json = Json.object();
        json.set("s", json(scope));
        if (had != null) {
            json.set("h", had.json());
        }
        if (target != null) {
            json.set("g", target.json());
            if (!reading.equals(scope)) {
                json.set("r", json(reading));
            }
            json.putArray("a").add(after.sequence()).add(after.itemId()).add(after.market()).add(after.locale());
        }
        return json;
    }

    static SyncToken read(JsonNode json) {
        var scope = scope(json.path("s"));
        var after = json.path("a");
        return new SyncToken(scope, State.read(json.path("h")), State.read(json.path("g")), json.has("r") ? scope(json.path("r")) : scope, after.isArray()
                ? new Position(after.get(0).asLong(), after.get(1).asString(), after.get(2).asString(), after.get(3).asString())
                : Position.START);
    }

    private static ObjectNode json(SyncScope scope) {
        var json = Json.object().put("c", scope.readable().channel());
        json.set("m", Json.tree(scope.markets()));
        json.set("l", Json.tree(scope.locales()));
        json.set("k", Json.tree(scope.kinds()));
        json.set("t", Json.tree(scope.types()));
        json.set("b", Json.tree(scope.readable().brands().sorted()));
        return json;
    }

    private static SyncScope scope(JsonNode json) {
        return new SyncScope(texts(json.path("m")), texts(json.path("l")), texts(json.path("k")), texts(json.path("t")),
                new Readable(json.path("c").asString(), brands(json.path("b"))));
    }

    /// What a copy holds, never what may be read: that is the credential's. A token from before there were brands was made of all of them.
    private static BrandScope brands(JsonNode list) {
        return list.isMissingNode() ? BrandScope.EVERY : new BrandScope(texts(list));
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }
}
