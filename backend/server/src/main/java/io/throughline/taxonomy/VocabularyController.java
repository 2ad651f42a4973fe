package io.throughline.taxonomy;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The words that screens offer: concepts, brands, markets.
@RestController
class VocabularyController {

    record Vocabularies(List<Scheme> schemes) {}

    record Scheme(String scheme, String version, String title, List<Entry> concepts) {}

    record Entry(
            String notation,
            String label,
            @Nullable String definition,
            List<String> broader,
            @Nullable Integer order,
            List<String> audience,
            @Nullable String example) {}

    record BrandList(List<Brand> brands) {}

    record Market(
            String market,
            String name,
            List<String> locales,
            String defaultLocale,
            Map<String, List<String>> localeFallback,
            Map<String, List<String>> disciplines,
            MarketPack.Signatory signatory,
            int approvalMaxMonths,
            boolean promotionToPublicAllowed) {}

    record MarketList(List<Market> markets) {}

    private static final String LANGUAGE = "en";

    private final Taxonomy taxonomy;
    private final Brands brands;
    private final MarketPacks packs;

    VocabularyController(Taxonomy taxonomy, Brands brands, MarketPacks packs) {
        this.taxonomy = taxonomy;
        this.brands = brands;
        this.packs = packs;
    }

    @GetMapping("/manage/v1/vocabularies")
    @Allowed
    Vocabularies vocabularies() {
        return new Vocabularies(taxonomy.schemes().stream()
                .map(scheme -> new Scheme(scheme.name(), scheme.version(), scheme.title(),
                        scheme.concepts().stream().map(VocabularyController::entry).toList()))
                .toList());
    }

    /// Only the brands that the person may use.
    @GetMapping("/manage/v1/brands")
    @Allowed
    BrandList brands(Actor actor) {
        return new BrandList(brands.list().stream().filter(it -> actor.mayUseBrand(it.key())).toList());
    }

    /// Only the markets that the person may use.
    @GetMapping("/manage/v1/markets")
    @Allowed
    MarketList markets(Actor actor) {
        return new MarketList(packs.list().stream()
                .filter(it -> actor.mayUseMarket(it.market()))
                .map(it -> new Market(it.market(), name(it.market()), it.locales(), it.defaultLocale(), it.localeFallback(),
                        it.disciplines(), it.signatory(), it.approvalMaxMonths(), it.promotionToPublicAllowed()))
                .toList());
    }

    private String name(String market) {
        return taxonomy.find("markets", market).map(it -> it.label(LANGUAGE)).orElse(market);
    }

    private static Entry entry(Concept concept) {
        return new Entry(concept.notation(), concept.label(LANGUAGE), concept.definition(LANGUAGE), concept.broader(), concept.order(),
                concept.audience(), concept.example(LANGUAGE));
    }
}
