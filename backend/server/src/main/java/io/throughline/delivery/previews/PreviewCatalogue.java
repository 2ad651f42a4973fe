package io.throughline.delivery.previews;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.CatalogueState;
import io.throughline.catalogue.MarketCatalogue;
import io.throughline.catalogue.MarketEdit;
import io.throughline.catalogue.Window;
import io.throughline.content.ContentRules;
import io.throughline.content.ContentType;
import io.throughline.content.ContentTypes;
import io.throughline.content.Rules;
import io.throughline.delivery.choice.Place;
import io.throughline.delivery.choice.SetContext;
import io.throughline.delivery.choice.Slot;
import io.throughline.identity.PreviewViewer;
import io.throughline.publication.DeliveryDocument;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// What a market's catalogue would be if what a viewer may preview were published now: the present one with pages of its own where they
/// differ. The present one is not touched, and nothing that serves channels sees the other.
@Component
class PreviewCatalogue {

    private static final int MOST = 500;

    /// @param previewed by the publication id that stands for it; no publication has such an id
    /// @param complete  whether every draft and every review within the scope is in it
    record Supposed(MarketCatalogue market, Map<String, Previewed> previewed, boolean complete) {}

    private final PreviewReader reader;
    private final ContentTypes types;
    private final ContentRules rules;
    private final MarketPacks packs;

    PreviewCatalogue(PreviewReader reader, ContentTypes types, ContentRules rules, MarketPacks packs) {
        this.reader = reader;
        this.types = types;
        this.rules = rules;
        this.packs = packs;
    }

    Supposed suppose(PreviewViewer viewer, SetContext context, CatalogueState state, Instant now) {
        var companions = types.list().stream().filter(type -> Slot.RANKED.stream().noneMatch(slot -> type.slots().contains(slot.text())))
                .map(ContentType::name).toList();
        var all = reader.listPending(viewer, context.kinds(), context.locales(), context.audiences(), context.market(), companions, now, MOST);
        var pending = all.stream().filter(one -> one.isFor(viewer)).toList();
        var candidates = candidates(pending, packs.get(context.market()), state.sequence(), now);
        var present = state.market(context.market());
        var edit = new MarketEdit(present, MarketCatalogue.floorMicros(now));
        var previewed = new HashMap<String, Previewed>();
        candidates.forEach((one, candidate) -> {
            present.publications(candidate.itemId()).stream().filter(other -> other.locale().equals(candidate.locale()))
                    .forEach(other -> edit.remove(other.itemId(), other.publicationId()));
            edit.add(candidate);
            previewed.put(candidate.publicationId(), one);
        });
        return new Supposed(edit.done(), previewed, all.size() < MOST);
    }

    private Map<Previewed, Candidate> candidates(List<Previewed> pending, MarketPack pack, long sequence, Instant now) {
        var claimIds = reader.claims(pending.stream().map(Previewed::place).toList());
        var wanted = new LinkedHashSet<Previewed.Place>();
        claimIds.forEach((place, ids) -> ids.forEach(id -> wanted.add(new Previewed.Place(id, place.locale()))));
        var claims = reader.findFacts(wanted);
        var candidates = new LinkedHashMap<Previewed, Candidate>();
        for (var one : pending) {
            var own = new LinkedHashMap<String, Previewed>();
            for (var id : claimIds.getOrDefault(one.place(), List.of())) {
                var claim = claims.get(new Previewed.Place(id, one.locale()));
                if (claim != null) {
                    own.put(id, claim);
                }
            }
            candidates.put(one, candidate(one, own, pack, sequence, now));
        }
        return candidates;
    }

    private Candidate candidate(Previewed one, Map<String, Previewed> claims, MarketPack pack, long sequence, Instant now) {
        var item = one.item();
        var document = one.document();
        var parts = new LinkedHashMap<String, JsonNode>();
        var used = new HashMap<String, ContentRules.UsedItem>();
        claims.forEach((id, claim) -> {
            parts.put(id, claim.document());
            used.put(id, new ContentRules.UsedItem(claim.item().kind(), claim.item().type()));
        });
        boolean efficacy = document.path("efficacyClaim").asBoolean(false) || parts.values().stream().anyMatch(it -> it.path("efficacyClaim").asBoolean(false));
        var facets = DeliveryDocument.facets(document, types.get(item.type()).slots(), efficacy, parts.values().stream().anyMatch(DeliveryDocument::isAnchored))
                .boundBy(List.copyOf(parts.keySet()), Rules.held(rules.bind(item, document, pack, parts, used)));
        return new Candidate("preview." + item.id() + "." + one.locale(), item.id(), item.key(), document.path("title").asString(""),
                one.version() == null ? 0 : one.version(), item.type(), item.kind(), item.brand(), pack.market(), one.locale(), new Window(null, null),
                now.truncatedTo(ChronoUnit.DAYS), sequence, facets);
    }
}
