package io.throughline.delivery.sets;

import io.throughline.catalogue.Candidate;
import io.throughline.delivery.Receipt;
import io.throughline.delivery.Receipts;
import io.throughline.delivery.demand.DemandTally;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.SurrogateKeys;
import io.throughline.delivery.items.DeliveredItem;
import io.throughline.delivery.choice.Composition;
import io.throughline.delivery.choice.SetContext;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Writes a content set. Its id and ETag are cut from one hash over the rest, so equal sets have equal bytes and different
/// ones do not.
@Component
public class ContentSetJson {

    private static final int NAME_LENGTH = 24;

    private final Receipts receipts;

    public ContentSetJson(Receipts receipts) {
        this.receipts = receipts;
    }

    /// @param items by item id
    public ServedSet write(SetRequest request, SetContext context, Composition set, Map<String, DeliveredItem> items, Instant validUntil, long sequence) {
        var rest = new StringBuilder(16_384);
        rest.append("\"context\":").append(Json.text(context(request)));
        if (context.strategy() != null) {
            rest.append(",\"strategy\":").append(Json.text(strategy(context.strategy(), set)));
        }
        if (!context.otherStrategies().isEmpty()) {
            var others = Json.mapper().createArrayNode();
            context.otherStrategies().forEach(other -> others.add(strategy(other, set)));
            rest.append(",\"otherStrategies\":").append(Json.text(others));
        }
        var relaxed = Json.mapper().createArrayNode();
        set.relaxed().forEach(one -> relaxed.addObject().put("slot", one.slot()).put("dimension", one.dimension()).put("from", one.from()).put("to", one.to()));
        rest.append(",\"relaxed\":").append(Json.text(relaxed));
        var slots = Json.mapper().createArrayNode();
        set.slots().forEach(slot -> write(slots.addObject(), slot, request.explain()));
        rest.append(",\"slots\":").append(Json.text(slots));
        rest.append(",\"items\":{");
        var end = new StringBuilder("}");
        if (request.explain()) {
            var excluded = Json.mapper().createArrayNode();
            set.excluded().forEach(one -> excluded.addObject().put("id", one.id()).put("key", one.key()).put("title", one.title())
                    .put("rule", one.rule()).put("detail", one.detail()));
            end.append(",\"excluded\":").append(Json.text(excluded)).append(",\"excludedOmitted\":").append(set.omitted());
        }
        end.append(",\"validUntil\":").append(Json.text(validUntil.toString()));
        var begin = rest.toString().getBytes(StandardCharsets.UTF_8);
        var after = end.toString().getBytes(StandardCharsets.UTF_8);
        var name = name(begin, items.values(), after);
        var body = new Body.Builder().add(("{\"id\":\"cs_" + name + "\",").getBytes(StandardCharsets.US_ASCII)).add(begin);
        boolean first = true;
        for (var item : items.entrySet()) {
            body.add(((first ? "\"" : ",\"") + item.getKey() + "\":").getBytes(StandardCharsets.US_ASCII));
            item.getValue().addTo(body);
            first = false;
        }
        body.add(after).add((",\"receipt\":\"" + receipts.seal(receipt(request, context, set, items)) + "\"}").getBytes(StandardCharsets.US_ASCII));
        return new ServedSet(body.done(), "\"cs-" + name + "\"", surrogateKeys(context, set),
                validUntil, context, set.watched(), sequence, tally(set));
    }

    /// Cut from a hash over everything but the name itself and the receipt, which follows from the rest. Whose the documents are
    /// stands in the slots, in the same order.
    private static String name(byte[] begin, Collection<DeliveredItem> items, byte[] end) {
        var digest = Sha256.digest();
        digest.update(begin);
        items.forEach(item -> item.addTo(digest));
        digest.update(end);
        return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
    }

    public static ObjectNode strategy(SetContext.Strategy strategy, Composition set) {
        var node = Json.object().put("id", strategy.id()).put("version", strategy.number());
        var objectives = node.putArray("objectives");
        set.objectives().stream().filter(strategy.goals()::contains).forEach(objectives::add);
        return node;
    }

    private static Receipt receipt(SetRequest request, SetContext context, Composition set, Map<String, DeliveredItem> delivered) {
        var items = new ArrayList<Receipt.Item>();
        set.slots().forEach(slot -> slot.items().forEach(chosen ->
                items.add(new Receipt.Item(slot.slot().text(), chosen.candidate().itemId(), chosen.candidate().version(), prescribing(delivered.get(chosen.candidate().itemId()))))));
        var strategy = context.strategy();
        return new Receipt(request.channelKey(), request.market(), request.locale(), request.audience(), request.stage(), request.need(), set.kind(),
                strategy == null ? null : strategy.id(), strategy == null ? 0 : strategy.number(), set.objectives(), items);
    }

    private static Receipt.@Nullable Prescribing prescribing(@Nullable DeliveredItem item) {
        var label = item == null ? null : item.prescribing();
        return label == null ? null : new Receipt.Prescribing(label.itemId(), label.version());
    }

    public static ObjectNode context(SetRequest request) {
        var node = Json.object().put("channel", request.channelKey()).put("audience", request.audience());
        if (request.stage() != null) {
            node.put("stage", request.stage());
        }
        if (request.need() != null) {
            node.put("need", request.need());
        }
        node.put("market", request.market()).put("locale", request.locale());
        if (!request.brands().isEmpty()) {
            var brands = node.putArray("brand");
            request.brands().forEach(brands::add);
        }
        return node;
    }

    public static void write(ObjectNode node, Composition.Filled slot, boolean explain) {
        node.put("name", slot.slot().text());
        if (slot.mandatory()) {
            node.put("mandatory", true);
        }
        var items = node.putArray("items");
        slot.items().forEach(chosen -> {
            var item = items.addObject().put("id", chosen.candidate().itemId()).put("version", chosen.candidate().version());
            var reasons = item.putArray("reasons");
            chosen.reasons().forEach(reasons::add);
            if (chosen.score() != null) {
                item.put("score", chosen.score());
                if (explain) {
                    var parts = item.putObject("scoreParts");
                    chosen.parts().forEach((part, value) -> parts.put(part.text(), value));
                }
            }
        });
        if (slot.emptyReason() != null) {
            node.put("emptyReason", slot.emptyReason());
        }
    }

    private static DemandTally tally(Composition set) {
        var ids = set.candidates().stream().map(Candidate::publicationId).distinct().toList();
        boolean forSomethingElse = set.relaxed().stream().anyMatch(it -> !it.dimension().equals("locale"));
        return new DemandTally(ids.isEmpty() ? DemandTally.Answered.EMPTY
                : forSomethingElse ? DemandTally.Answered.RELAXED : DemandTally.Answered.AS_ASKED, ids);
    }

    private static String surrogateKeys(SetContext context, Composition set) {
        var keys = new SurrogateKeys().general(SurrogateKeys.SETS).markets(List.of(context.market())).kinds(context.kinds()).items(set.watched());
        if (context.strategy() != null) {
            keys.strategies(List.of(context.strategy().id()));
        }
        context.otherStrategies().forEach(other -> keys.strategies(List.of(other.id())));
        set.candidates().forEach(candidate -> keys.type(candidate.type()));
        return keys.text();
    }
}
