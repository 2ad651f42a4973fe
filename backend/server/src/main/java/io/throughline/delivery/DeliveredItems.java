package io.throughline.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.throughline.shared.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Puts together what goes out for an item: the document made at publication, with the prescribing information as it is
/// published now. A label that changes must not live on in what was published before it (UK-5).
@Component
class DeliveredItems {

    private static final byte[] PRESCRIBING = ",\"prescribingInformation\":".getBytes(StandardCharsets.US_ASCII);

    private final Catalogue catalogue;
    // by publication of the prescribing information; immutable like it
    private final Cache<String, byte[]> fragments = Caffeine.newBuilder().maximumSize(2_000).build();

    DeliveredItems(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// JSON objects in UTF-8 by item id, in the order of the candidates. Not to be written to.
    ///
    /// @param paired published prescribing information by item id
    Map<String, byte[]> bytes(Collection<Candidate> candidates, Map<String, Candidate> paired) {
        var wanted = new HashSet<String>();
        for (var candidate : candidates) {
            wanted.add(candidate.publicationId());
            var prescribing = prescribing(candidate, paired);
            if (prescribing != null && fragments.getIfPresent(prescribing.publicationId()) == null) {
                wanted.add(prescribing.publicationId());
            }
        }
        var documents = catalogue.documents(wanted);
        var items = new LinkedHashMap<String, byte[]>();
        for (var candidate : candidates) {
            var document = Objects.requireNonNull(documents.get(candidate.publicationId()), "a publication has its document");
            var prescribing = prescribing(candidate, paired);
            items.put(candidate.itemId(), prescribing == null ? document : with(document, fragment(prescribing, documents)));
        }
        return items;
    }

    private byte[] fragment(Candidate prescribing, Map<String, byte[]> documents) {
        var id = prescribing.publicationId();
        // it may have left the cache since it was looked for
        return fragments.get(id, _ -> fragment(prescribing,
                Objects.requireNonNull(documents.containsKey(id) ? documents.get(id) : catalogue.documents(List.of(id)).get(id))));
    }

    private static @Nullable Candidate prescribing(Candidate candidate, Map<String, Candidate> paired) {
        var id = candidate.facets().prescribingInformation();
        return id == null ? null : paired.get(id);
    }

    private static byte[] with(byte[] document, byte[] prescribingInformation) {
        var text = new byte[document.length + PRESCRIBING.length + prescribingInformation.length];
        int end = document.length - 1; // its closing brace goes to the end
        System.arraycopy(document, 0, text, 0, end);
        System.arraycopy(PRESCRIBING, 0, text, end, PRESCRIBING.length);
        System.arraycopy(prescribingInformation, 0, text, end + PRESCRIBING.length, prescribingInformation.length);
        text[text.length - 1] = '}';
        return text;
    }

    private static byte[] fragment(Candidate prescribing, byte[] document) {
        return Json.text(label(Json.parseObject(new String(document, StandardCharsets.UTF_8)),
                "/v1/items/" + prescribing.itemId() + "?market=" + prescribing.market() + "&locale=" + prescribing.locale())).getBytes(StandardCharsets.UTF_8);
    }

    /// What another item shows of a prescribing information.
    ///
    /// @param itself where it stands in the API, for one that names no label
    static ObjectNode label(ObjectNode published, String itself) {
        var url = published.path("prescribingInformation").path("url").asString("");
        return Json.object().put("html", published.path("html").asString("")).put("url", url.isEmpty() ? itself : url);
    }
}
