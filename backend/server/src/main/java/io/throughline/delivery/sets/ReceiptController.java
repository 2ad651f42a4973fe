package io.throughline.delivery.sets;

import io.throughline.content.Contents;
import io.throughline.delivery.Receipt;
import io.throughline.delivery.Receipts;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Reads for people what a receipt says: which versions went out in a set, and with which prescribing information.
@RestController
class ReceiptController {

    record ReceiptBody(@Nullable String receipt) {}

    /// @param otherItems how many it has beyond those, of brands that the person does not work for
    record ReceiptView(String channel, String market, String locale, String audience, @Nullable String stage, @Nullable String need,
            @Nullable String kind, @Nullable StrategyView strategy, List<ItemView> items, int otherItems) {}

    record StrategyView(String id, int version, List<String> objectives) {}

    record ItemView(String slot, String id, String key, int version, Receipt.@Nullable Prescribing prescribingInformation) {}

    private final Receipts receipts;
    private final Contents contents;

    ReceiptController(Receipts receipts, Contents contents) {
        this.receipts = receipts;
        this.contents = contents;
    }

    /// A receipt is too long for an address, so it comes in a body.
    @Allowed
    @PostMapping("/manage/v1/receipts/reading")
    ReceiptView read(Actor actor, @RequestBody ReceiptBody body) {
        if (body.receipt() == null || body.receipt().isBlank()) {
            throw Problem.INVALID_BODY.because("The key 'receipt' is missing in the body; add it.", List.of(new FieldError("required", "/receipt", "is missing")));
        }
        var receipt = receipts.open(body.receipt().strip()).filter(it -> actor.mayUseMarket(it.market())).orElseThrow(() -> Problem.NOT_FOUND.because(
                "This is no receipt of this installation, or it is of a market that you don't work for. Send 'receipt' of the content set as it is."));
        var known = contents.findItems(receipt.items().stream().map(Receipt.Item::id).distinct().toList());
        var items = receipt.items().stream().flatMap(it -> {
            var item = known.get(it.id());
            return item == null || !actor.mayUseContentOf(item.brand()) ? Stream.<ItemView>empty()
                    : Stream.of(new ItemView(it.slot(), it.id(), item.key(), it.version(), it.prescribing()));
        }).toList();
        var strategy = receipt.strategy() == null ? null : new StrategyView(receipt.strategy(), receipt.strategyVersion(), receipt.objectives());
        return new ReceiptView(receipt.channelKey(), receipt.market(), receipt.locale(), receipt.audience(), receipt.stage(), receipt.need(), receipt.kind(),
                strategy, items, receipt.items().size() - items.size());
    }
}
