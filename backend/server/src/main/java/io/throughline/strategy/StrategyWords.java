package io.throughline.strategy;

import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Taxonomy;
import org.springframework.stereotype.Component;

/// What people call the notations of a strategy.
@Component
class StrategyWords {

    private final Taxonomy taxonomy;
    private final Brands brands;

    StrategyWords(Taxonomy taxonomy, Brands brands) {
        this.taxonomy = taxonomy;
        this.brands = brands;
    }

    /// The English label; the notation itself where the vocabulary no longer has it.
    String concept(String scheme, String notation) {
        return taxonomy.find(scheme, notation).map(it -> it.label("en")).orElse(notation);
    }

    String brand(String key) {
        return brands.find(key).map(it -> it.name()).orElse(key);
    }
}
