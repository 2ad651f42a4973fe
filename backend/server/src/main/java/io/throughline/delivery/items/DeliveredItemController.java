package io.throughline.delivery.items;

import io.throughline.catalogue.Readable;
import io.throughline.delivery.edge.Answers;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.Conditions;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DeliveredItemController {

    private final SingleItems items;
    private final DeliveryScope scope;
    private final Clock clock;

    DeliveredItemController(SingleItems items, DeliveryScope scope, Clock clock) {
        this.items = items;
        this.scope = scope;
        this.clock = clock;
    }

    @ForChannels
    @GetMapping("/v1/items/{idOrKey}")
    ResponseEntity<Body> get(
            ChannelClient client,
            @PathVariable String idOrKey,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String fallback,
            HttpServletRequest http) {
        if (idOrKey.length() > 100) {
            throw DeliveryScope.nothingHere();
        }
        var onlyMarket = market == null ? only("market", scope.markets(client)) : market;
        var onlyLocale = locale == null ? only("locale", scope.locales(client)) : locale;
        var hit = items.answer(new SingleItems.Request(idOrKey, onlyMarket, scope.localeChain(client, onlyMarket, onlyLocale, fallback),
                scope.kinds(client), Readable.by(client)));
        return Answers.of(hit.value(), hit.sequence(), Conditions.of(http), client, clock.instant(), true);
    }

    private static String only(String parameter, List<String> readable) {
        if (readable.size() != 1) {
            throw DeliveryScope.invalid(parameter, "This key reads more than one " + parameter + "; say which one.");
        }
        return readable.getFirst();
    }
}
