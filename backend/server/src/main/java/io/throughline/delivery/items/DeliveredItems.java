package io.throughline.delivery.items;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.throughline.catalogue.Candidate;
import io.throughline.delivery.items.DeliveredItem.Label;
import io.throughline.shared.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Puts together what goes out for an item: the document made at publication, with the prescribing information as it is
/// published now. A label that changes must not live on in what was published before it (UK-5).
@Component
public class DeliveredItems {

    private final Documents documents;
    // by publication of the prescribing information; immutable like it
    private final Cache<String, Label> fragments = Caffeine.newBuilder().maximumSize(2_000).build();

    DeliveredItems(Documents documents) {
        this.documents = documents;
    }

    /// By item id, in the order of the candidates.
    ///
    /// @param paired published prescribing information by item id
    public Map<String, DeliveredItem> read(Collection<Candidate> candidates, Map<String, Candidate> paired) {
        return read(candidates, paired, documents::read);
    }

    /// The same for who goes through many only once.
    Map<String, DeliveredItem> readOnce(Collection<Candidate> candidates, Map<String, Candidate> paired) {
        return read(candidates, paired, documents::readOnce);
    }

    private Map<String, DeliveredItem> read(Collection<Candidate> candidates, Map<String, Candidate> paired,
            Function<Collection<String>, Map<String, Document>> reading) {
        var wanted = new HashSet<String>();
        for (var candidate : candidates) {
            wanted.add(candidate.publicationId());
            var prescribing = prescribing(candidate, paired);
            if (prescribing != null && fragments.getIfPresent(prescribing.publicationId()) == null) {
                wanted.add(prescribing.publicationId());
            }
        }
        var found = reading.apply(wanted);
        var items = new LinkedHashMap<String, DeliveredItem>();
        for (var candidate : candidates) {
            var document = Objects.requireNonNull(found.get(candidate.publicationId()), "a publication has its document");
            var prescribing = prescribing(candidate, paired);
            items.put(candidate.itemId(), new DeliveredItem(document, prescribing == null ? null : fragment(prescribing, found)));
        }
        return items;
    }

    private Label fragment(Candidate prescribing, Map<String, Document> found) {
        var id = prescribing.publicationId();
        // it may have left the cache since it was looked for
        return fragments.get(id, _ -> fragment(prescribing,
                Objects.requireNonNull(found.containsKey(id) ? found.get(id) : documents.read(List.of(id)).get(id))));
    }

    private static @Nullable Candidate prescribing(Candidate candidate, Map<String, Candidate> paired) {
        var id = candidate.facets().prescribingInformation();
        return id == null ? null : paired.get(id);
    }

    private static Label fragment(Candidate prescribing, Document document) {
        return new Label(prescribing.itemId(), prescribing.version(), Document.of(Json.text(label(Json.parseObject(new String(document.bytes(), StandardCharsets.UTF_8)),
                "/v1/items/" + prescribing.itemId() + "?market=" + prescribing.market() + "&locale=" + prescribing.locale())).getBytes(StandardCharsets.UTF_8)));
    }

    /// What another item shows of a prescribing information.
    ///
    /// @param itself where it stands in the API, for one that names no label
    public static ObjectNode label(ObjectNode published, String itself) {
        var url = published.path("prescribingInformation").path("url").asString("");
        var label = Json.object();
        if (published.has("version")) {
            // a preview has none
            label.put("id", published.path("id").asString("")).put("version", published.path("version").asInt());
        }
        return label.put("html", published.path("html").asString("")).put("url", url.isEmpty() ? itself : url);
    }
}
