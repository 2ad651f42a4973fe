package io.throughline.delivery.previews;

import io.throughline.delivery.edge.DeliveryContractController;
import io.throughline.delivery.edge.DeliveryScope;
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

/// Content as it is being written, for looking at it in an app. Every answer says that it is not approved, and nobody may keep it (S30).
@RestController
class PreviewController {

    private final DeliveryScope scope;
    private final PreviewReader reader;
    private final PreviewDocuments documents;
    private final PreviewLists lists;
    private final byte[] contract = DeliveryContractController.read("preview");

    PreviewController(DeliveryScope scope, PreviewReader reader, PreviewDocuments documents, PreviewLists lists) {
        this.scope = scope;
        this.reader = reader;
        this.documents = documents;
        this.lists = lists;
    }

    /// The draft of a locale, or else its newest version.
    @ForPreviews
    @GetMapping("/preview/v1/items/{idOrKey}")
    ResponseEntity<byte[]> get(PreviewViewer viewer, @PathVariable String idOrKey, @RequestParam(required = false) @Nullable String locale) {
        if (locale == null || !locale.matches("[a-z]{2}-[A-Z]{2}")) {
            throw DeliveryScope.invalid("locale", "Name the locale, such as en-GB.");
        }
        if (idOrKey.length() > 100 || !scope.locales(viewer.client()).contains(locale)) {
            throw nothingHere();
        }
        var previewed = reader.find(idOrKey, locale)
                .filter(it -> it.isFor(viewer))
                .orElseThrow(PreviewController::nothingHere);
        return answer(documents.write(viewer, previewed));
    }

    /// The same for all that a filter and full text find.
    @ForPreviews
    @GetMapping("/preview/v1/items")
    ResponseEntity<byte[]> list(
            PreviewViewer viewer,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String audience,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String need,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String indication,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(defaultValue = "relevance") String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return answer(lists.answer(viewer, new PreviewLists.Query(q, type, audience, stage, need, topic, brand, indication, market, locale, kind, sort,
                limit, after)));
    }

    /// The contract as the server keeps it, for client generators.
    @ForPreviews
    @GetMapping(path = "/preview/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] openapi() {
        return contract.clone();
    }

    static ResponseEntity<byte[]> answer(ObjectNode body) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.text(body.put("notice", PreviewDocuments.NOTICE)).getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException nothingHere() {
        return Problem.NOT_FOUND.because("There is nothing here that this token may see. Check the id and the locale.");
    }
}
