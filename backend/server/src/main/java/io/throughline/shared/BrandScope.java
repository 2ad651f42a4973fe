package io.throughline.shared;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Of which brands somebody or something may read content: brand keys, `none` for content of no brand, `*` for all of it. Nothing that is
/// not named is covered, so content of no brand is no exception and an empty scope covers nothing.
public record BrandScope(Set<String> brands) {

    /// Content of every brand and of none.
    public static final String ALL = "*";
    /// Content of no brand; no brand has this key.
    public static final String UNBRANDED = "none";

    public static final BrandScope EVERY = new BrandScope(Set.of(ALL));
    public static final BrandScope NOTHING = new BrandScope(Set.of());

    public BrandScope {
        brands = Set.copyOf(brands);
    }

    /// What a person may read: content of their brands, and of none.
    public static BrandScope of(Actor actor) {
        var brands = new HashSet<>(actor.brands());
        brands.add(UNBRANDED);
        return actor.mayUseEveryBrand() ? EVERY : new BrandScope(brands);
    }

    public boolean coversEvery() {
        return brands.contains(ALL);
    }

    /// Whether content of that brand, or of none when it is null, may be read.
    public boolean covers(@Nullable String brand) {
        return coversEvery() || brands.contains(brand == null ? UNBRANDED : brand);
    }

    public boolean coversNothing() {
        return brands.isEmpty();
    }

    /// What both cover.
    public BrandScope within(BrandScope other) {
        if (other.coversEvery()) {
            return this;
        }
        if (coversEvery()) {
            return other;
        }
        var both = new HashSet<>(brands);
        both.retainAll(other.brands);
        return new BrandScope(both);
    }

    /// The brands as they are written down, always in the same order. With `*` it is the only one that counts.
    public Set<String> sorted() {
        return new TreeSet<>(brands);
    }

    /// For `coalesce(brand, 'none') = any(:brands)`, where `coversEvery` is asked first.
    public String[] array() {
        return sorted().toArray(String[]::new);
    }

    @Override
    public String toString() {
        return sorted().toString();
    }
}
