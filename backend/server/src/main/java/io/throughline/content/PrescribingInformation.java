package io.throughline.content;

import io.throughline.taxonomy.MarketPacks;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Which prescribing information goes out with a rendition. It is bound by its current version, so the rendition names the item and the moment
/// decides the version (UK-5).
@Service
public class PrescribingInformation {

    public record InForce(String id, int version) {}

    private static final String RELATION = "prescribing-information";

    private final EffectiveVersions effective;
    private final MarketPacks packs;

    PrescribingInformation(EffectiveVersions effective, MarketPacks packs) {
        this.effective = effective;
        this.packs = packs;
    }

    /// Empty where the rendition has none, has it by its words, or none was in force at that moment.
    public Optional<InForce> find(Rendition rendition, Instant at) {
        return rendition.parts().stream().filter(it -> it.relation().equals(RELATION) && !it.byWords()).findFirst()
                .flatMap(part -> effective.findAt(part.itemId(), packs.get(rendition.market()).localeChain(rendition.locale()), rendition.market(), at)
                        .map(version -> new InForce(part.itemId(), version)));
    }
}
