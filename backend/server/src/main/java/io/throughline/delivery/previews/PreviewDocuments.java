package io.throughline.delivery.previews;

import io.throughline.content.Contents;
import io.throughline.content.ReaderText;
import io.throughline.delivery.choice.Place;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the newest words of items in the shape that channels get, without an approval: a renderer works with both, and nobody can
/// take one for the other. The words of claims are the newest too, as far as the viewer may see them (S3).
@Component
class PreviewDocuments {

    static final String NOTICE = "Not approved for use. For checking how it looks only; do not show it to anybody outside.";

    private final Contents contents;
    private final PreviewReader reader;

    PreviewDocuments(Contents contents, PreviewReader reader) {
        this.contents = contents;
        this.reader = reader;
    }

    ObjectNode write(PreviewViewer viewer, Previewed previewed) {
        return write(viewer, List.of(previewed)).getFirst();
    }

    /// In the order given. Reads the claims of all of them at once.
    List<ObjectNode> write(PreviewViewer viewer, Collection<Previewed> all) {
        var claimIds = new HashMap<Previewed.Place, List<String>>();
        var wanted = new LinkedHashSet<Previewed.Place>();
        for (var one : all) {
            var ids = contents.claimIds(one.document());
            claimIds.put(one.place(), ids);
            ids.forEach(id -> wanted.add(new Previewed.Place(id, one.locale())));
        }
        var claims = reader.find(wanted);
        claims.values().removeIf(claim -> !viewer.mayRead(claim.item().brand(), claim.item().kind(), claim.locale()));
        var written = new ArrayList<ObjectNode>();
        for (var one : all) {
            var own = new LinkedHashMap<String, ReaderText.Claim>();
            for (var id : claimIds.getOrDefault(one.place(), List.of())) {
                var claim = claims.get(new Previewed.Place(id, one.locale()));
                if (claim != null) {
                    own.put(id, claim(claim));
                }
            }
            written.add(document(one, own));
        }
        return written;
    }

    private ObjectNode document(Previewed one, Map<String, ReaderText.Claim> claims) {
        var item = one.item();
        var words = new LinkedHashMap<String, String>();
        claims.forEach((id, claim) -> words.put(id, claim.text()));
        var rendered = contents.render(one.document(), one.dialect(), words);
        return ReaderText.of(item, one.locale(), one.document(), rendered, List.copyOf(claims.values())).set("preview", one.mark());
    }

    private static ReaderText.Claim claim(Previewed claim) {
        return ReaderText.Claim.of(claim.item().id(), claim.version(), claim.document());
    }
}
