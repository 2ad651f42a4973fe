package io.throughline.strategy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a company works with a customer, and what an objective takes from that unless it says otherwise.
///
/// @param leadChannels  notations of channels, the first leads most
/// @param humanContact  0 to 1: share of contacts that are with a person
/// @param channelMix    share by channel notation, together 1
/// @param contactPolicy contact budget and frequency cap
public record EngagementModel(
        String notation,
        String label,
        @Nullable String definition,
        List<String> leadChannels,
        double humanContact,
        Map<String, Double> channelMix,
        ContactPolicy contactPolicy) {

    public EngagementModel {
        leadChannels = List.copyOf(leadChannels);
        channelMix = Map.copyOf(channelMix);
    }
}
