package io.throughline.webhooks;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A withdrawal that waits until every channel that could have the content has confirmed that it is gone.
///
/// @param state     open, complete (every channel confirmed) or closed (a person ended it before)
/// @param channels  how many have to confirm
/// @param confirmed how many have
/// @param sequence  the content sequence of the withdrawal
record Recall(
        String id,
        ItemName item,
        String reason,
        Instant withdrawnAt,
        PersonName withdrawnBy,
        Instant openedAt,
        long sequence,
        List<String> markets,
        String state,
        int channels,
        int confirmed,
        @Nullable Instant endedAt,
        @Nullable PersonName endedBy,
        @Nullable String endReason) {

    record ItemName(String id, String key, String title) {}

    record PersonName(String id, String displayName) {}

    Recall {
        markets = List.copyOf(markets);
    }

    boolean isOpen() {
        return state.equals("open");
    }

    /// One withdrawn publication.
    record Part(String publicationId, String market, String locale, int version, String jobCode) {}

    /// How one channel stands to it.
    ///
    /// @param publications  those that it could have
    /// @param toldAt        when an endpoint of it first took the news; null when none has
    /// @param remindAt      when the next reminder is due; null: none
    record InChannel(
            String channelId,
            String channelKey,
            String channelName,
            List<String> publications,
            @Nullable Instant toldAt,
            int reminders,
            @Nullable Instant remindedAt,
            @Nullable Instant remindAt,
            Served served,
            @Nullable Confirmation confirmation) {

        InChannel {
            publications = List.copyOf(publications);
        }
    }

    /// What counters know of a channel's use of the withdrawn publications. Single items, lists and synchronised copies are not
    /// counted, so none does not mean that the channel holds no copy: it confirms all the same.
    ///
    /// @param sets   content sets that it got with them
    /// @param shown  times that it said it had shown them
    /// @param lastOn the last day (UTC) of either; null for never
    record Served(long sets, long shown, @Nullable LocalDate lastOn) {}

    /// @param removedAt     when the last copy was removed
    /// @param copiesRemoved null when the channel did not count
    /// @param confirmedBy   the person who confirmed for the channel; null when its own key did
    /// @param reason        why a person did
    record Confirmation(Instant confirmedAt, Instant removedAt, @Nullable Integer copiesRemoved, @Nullable String note,
            @Nullable PersonName confirmedBy, @Nullable String reason) {}
}
