package io.throughline.delivery.choice;

import static io.throughline.delivery.choice.Shelf.claim;
import static io.throughline.delivery.choice.Shelf.dosingForGps;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.Candidate;
import io.throughline.delivery.choice.Shelf;
import io.throughline.publication.EvidenceGrade;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrandBalanceTests {

    private static List<String> proof(SetContext context, Candidate... candidates) {
        return Composer.compose(context, List.of(candidates), Map.of(), Shelf.NOW).slots().get(Slot.PROOF.ordinal()).items().stream()
                .map(chosen -> chosen.candidate().itemId()).toList();
    }

    private static Candidate of(String brand, String id, EvidenceGrade grade) {
        return claim(id).brand(brand).evidence(grade).published();
    }

    @Test
    void oneBrandDoesNotFillASlotWhileAnotherFitsEquallyWell() {
        assertThat(proof(dosingForGps(), of("velorix", "a", EvidenceGrade.ANCHORED), of("velorix", "b", EvidenceGrade.ANCHORED),
                of("cardovel", "c", EvidenceGrade.PUBLISHED))).containsExactly("a", "c");
    }

    @Test
    void whatFallsBehindByMoreThanTheMarginDoesNotGetItsPlace() {
        assertThat(proof(dosingForGps(), of("velorix", "a", EvidenceGrade.ANCHORED), of("velorix", "b", EvidenceGrade.ANCHORED),
                of("cardovel", "c", EvidenceGrade.NONE))).containsExactly("a", "b");
    }

    @Test
    void anAskedBrandMayHaveTheSlotToItself() {
        assertThat(proof(Shelf.forBrands(dosingForGps(), "velorix", "cardovel"), of("velorix", "a", EvidenceGrade.ANCHORED),
                of("velorix", "b", EvidenceGrade.ANCHORED), of("cardovel", "c", EvidenceGrade.PUBLISHED))).containsExactly("a", "b");
    }

    @Test
    void whatBelongsToNoBrandIsNoBrand() {
        assertThat(proof(dosingForGps(), claim("a").published(), claim("b").published(), of("velorix", "c", EvidenceGrade.NONE)))
                .containsExactly("a", "b");
    }

    @Test
    void theOneThatCameInForBalanceSaysSoAndStandsInTheOrderOfRank() {
        var set = Composer.compose(dosingForGps(), List.of(of("velorix", "b", EvidenceGrade.ANCHORED), of("velorix", "d", EvidenceGrade.ANCHORED),
                of("cardovel", "c", EvidenceGrade.PUBLISHED)), Map.of(), Shelf.NOW);
        var items = set.slots().get(Slot.PROOF.ordinal()).items();
        assertThat(items.getLast().reasons()).contains("balances-brands");
        assertThat(items.getFirst().score()).isGreaterThan(items.getLast().score());
    }
}
