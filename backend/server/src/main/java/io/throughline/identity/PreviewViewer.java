package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.BrandScope;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who looks at a preview: a channel's app within its token's scope, with the eyes of the person who made the token.
///
/// @param actor  that person with what they may see now
/// @param client the channel with what the token may read, less the markets and brands that the person may not use now
public record PreviewViewer(String tokenId, Actor actor, ChannelClient client) {

    static PreviewViewer of(String tokenId, Actor maker, ChannelClient scope) {
        return new PreviewViewer(tokenId, maker, new ChannelClient(scope.keyId(), scope.channelId(), scope.channelKey(), scope.channelKind(),
                both(scope.markets(), maker.markets()), scope.locales(), scope.kinds(),
                BrandScope.of(maker).within(scope.brands()), scope.mayExplain(), scope.mayTimeTravel(), false));
    }

    /// Whether something of this brand and kind may be shown as it is being written.
    public boolean mayRead(@Nullable String brand, String kind, String locale) {
        return client.mayReadBrand(brand) && client.mayReadKind(kind) && client.mayReadLocale(locale);
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        if (one.contains("*")) {
            return other;
        }
        if (other.contains("*")) {
            return one;
        }
        var both = new HashSet<>(one);
        both.retainAll(other);
        return Set.copyOf(both);
    }
}
