package io.throughline.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.throughline.shared.Json;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts together what goes out for an item: the document made at publication, with the prescribing information as it is
/// published now. A label that changes must not live on in what was published before it (UK-5).
@Component
class DeliveredItems {

    private final Catalogue catalogue;
    // by publication of the prescribing information; immutable like it
    private final Cache<String, String> fragments = Caffeine.newBuilder().maximumSize(2_000).build();

    DeliveredItems(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// JSON objects as text by item id, in the order of the candidates.
    ///
    /// @param paired published prescribing information by item id
    Map<String, String> write(Collection<Candidate> candidates, Map<String, Candidate> paired) {
        var wanted = new HashSet<String>();
        for (var candidate : candidates) {
            wanted.add(candidate.publicationId());
            var prescribing = prescribing(candidate, paired);
            if (prescribing != null) {
                wanted.add(prescribing.publicationId());
            }
        }
        var documents = catalogue.documents(wanted);
        var items = new LinkedHashMap<String, String>();
        for (var candidate : candidates) {
            var document = Objects.requireNonNull(documents.get(candidate.publicationId()), "a publication has its document");
            var prescribing = prescribing(candidate, paired);
            items.put(candidate.itemId(), prescribing == null ? document : with(document,
                    fragments.get(prescribing.publicationId(), id -> fragment(prescribing, Objects.requireNonNull(documents.get(id))))));
        }
        return items;
    }

    private static @Nullable Candidate prescribing(Candidate candidate, Map<String, Candidate> paired) {
        var id = candidate.facets().prescribingInformation();
        return id == null ? null : paired.get(id);
    }

    private static String with(String document, String prescribingInformation) {
        return document.substring(0, document.length() - 1) + ",\"prescribingInformation\":" + prescribingInformation + "}";
    }

    private static String fragment(Candidate prescribing, String document) {
        var published = Json.parseObject(document);
        var label = published.path("prescribingInformation").path("url").asString("");
        return Json.text(Json.object()
                .put("html", published.path("html").asString(""))
                .put("url", label.isEmpty()
                        ? "/v1/items/" + prescribing.itemId() + "?market=" + prescribing.market() + "&locale=" + prescribing.locale()
                        : label));
    }
}
