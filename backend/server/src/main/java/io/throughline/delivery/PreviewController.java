package io.throughline.delivery;

import io.throughline.content.Contents;
import io.throughline.content.Item;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.ForPreviews;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// Items as they are being written, for looking at them in an app. Nothing here is approved, and every answer says so; it has no
/// approval, no market and no safety information, so that nobody can take it for what channels get.
@RestController
class PreviewController {

    private static final String NOTICE = "Not approved for use. For checking how it looks only; do not show it to anybody outside.";

    private final Contents contents;

    PreviewController(Contents contents) {
        this.contents = contents;
    }

    /// The draft of a locale, or else its newest version.
    @ForPreviews
    @GetMapping("/preview/v1/items/{idOrKey}")
    ResponseEntity<byte[]> get(PreviewViewer viewer, @PathVariable String idOrKey, @RequestParam(required = false) @Nullable String locale) {
        if (locale == null || !locale.matches("[a-z]{2}-[A-Z]{2}")) {
            throw DeliveryScope.invalid("locale", "Name the locale, such as en-GB.");
        }
        if (idOrKey.length() > 100) {
            throw nothingHere();
        }
        var item = contents.findItem(idOrKey).filter(it -> viewer.actor().mayUseBrand(it.brand())).orElseThrow(PreviewController::nothingHere);
        var draft = contents.findDraft(item.id(), locale);
        var document = draft.isPresent()
                ? document(item, locale, draft.get().document()).put("state", "draft")
                : contents.latestVersion(item.id(), locale)
                        .map(version -> document(item, locale, version.document()).put("state", "version").put("version", version.number()))
                        .orElseThrow(PreviewController::nothingHere);
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.text(document).getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode document(Item item, String locale, ObjectNode source) {
        var rendered = contents.render(source, locale);
        var document = Json.object().put("preview", true).put("notice", NOTICE)
                .put("id", item.id()).put("key", item.key()).put("type", item.type()).put("kind", item.kind()).put("locale", locale)
                .put("title", source.path("title").asString(""));
        if (source.has("summary")) {
            document.put("summary", source.path("summary").asString(""));
        }
        document.put("html", rendered.html()).put("markdown", DeliveryDocument.markdown(source)).put("plainText", rendered.plainText());
        document.set("classification", source.path("classification").isObject() ? source.path("classification") : Json.object());
        return document;
    }

    private static ProblemException nothingHere() {
        return Problem.NOT_FOUND.because("There is nothing here that this token may see. Check the id and the locale.");
    }
}
