package io.throughline.delivery.inspection;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.taxonomy.Taxonomy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// When sets of one market and locale changed, so that people can step through the past.
@RestController
class CatalogueMomentsController {

    private final CatalogueMoments moments;
    private final Taxonomy taxonomy;

    CatalogueMomentsController(CatalogueMoments moments, Taxonomy taxonomy) {
        this.moments = moments;
        this.taxonomy = taxonomy;
    }

    @Allowed
    @GetMapping("/manage/v1/catalogue-changes")
    CatalogueMoments.Moments list(Actor actor, @RequestParam String market, @RequestParam String locale,
            @RequestParam(required = false) @Nullable String brand) {
        if (taxonomy.find("markets", market).isEmpty()) {
            throw Problem.INVALID_QUERY.because("There is no market “" + market + "”. Use one of the vocabulary markets.",
                    List.of(new FieldError("invalid-parameter", "market", "is not a market")));
        }
        if (!actor.mayUseMarket(market) || (brand != null && !actor.mayUseBrand(brand))) {
            throw Problem.NOT_FOUND.because("There is no such market or brand, or it is not yours to read. Choose another.");
        }
        return moments.list(actor, market, locale, brand);
    }
}
