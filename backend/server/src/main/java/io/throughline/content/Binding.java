package io.throughline.content;

import io.throughline.shared.Kebab;
import io.throughline.taxonomy.MarketPack;
import java.util.Optional;

/// How a container is bound to what it holds. The content type of what is held says which; a market pack may say it otherwise.
public enum Binding {

    /// To the words that were reviewed with it: in exactly one version, frozen in the container's [Rendition].
    WORDS,
    /// To whichever version is in force: certified by itself, put in when the container is served.
    CURRENT_VERSION;

    /// Empty for a type that is pointed at, never held.
    static Optional<Binding> of(ContentType type, MarketPack pack) {
        return pack.bindingOf(type.name()).map(it -> Kebab.parse(Binding.class, it)).or(() -> Optional.ofNullable(type.binding()));
    }
}
