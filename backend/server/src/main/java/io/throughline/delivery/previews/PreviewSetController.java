package io.throughline.delivery.previews;

import io.throughline.delivery.sets.SetRequests;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.ForPreviews;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PreviewSetController {

    private static final int DEFAULT_LIMIT = 20;

    private final PreviewSets sets;
    private final SetRequests requests;
    private final Clock clock;

    PreviewSetController(PreviewSets sets, SetRequests requests, Clock clock) {
        this.sets = sets;
        this.requests = requests;
        this.clock = clock;
    }

    /// The set that a context would get if what the token may see were approved and published now.
    @ForPreviews
    @GetMapping("/preview/v1/content-sets")
    ResponseEntity<byte[]> get(
            PreviewViewer viewer,
            @RequestParam(required = false) @Nullable String audience,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String need,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String fallback,
            @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable Boolean explain) {
        var request = requests.check(viewer.client(), new SetRequests.Query(audience, stage, need, market, locale, fallback, brand,
                limit == null ? DEFAULT_LIMIT : limit, seen, null, null, Boolean.TRUE.equals(explain)), clock.instant());
        return PreviewController.answer(sets.answer(viewer, request));
    }
}
