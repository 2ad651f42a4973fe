package io.throughline.catalogue;

import io.throughline.identity.ChannelClient;
import io.throughline.shared.BrandScope;

/// What of a publication's own nature a credential may read, whatever it asks for: that it is meant for the channel, and that its brand is
/// in the credential's scope. The one home of that rule: sets, single items, lists, search and sync ask here, and a request that carries
/// it is another request for another scope, so no cache and no cursor mixes them. Markets, locales and kinds are asked for by name and are
/// settled by [DeliveryScope].
///
/// @param channel notation of the channel's kind
public record Readable(String channel, BrandScope brands) {

    public static Readable by(ChannelClient client) {
        return new Readable(client.channelKind(), client.brands());
    }

    public boolean reads(Candidate candidate) {
        return isMeantFor(candidate, channel) && brands.covers(candidate.brand());
    }

    /// Whether the publication allows the channel.
    public static boolean isMeantFor(Candidate candidate, String channel) {
        var channels = candidate.facets().channel();
        return channels.isEmpty() || channels.contains(channel);
    }
}
