package io.throughline.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Delivery's port to what is known of a reader (the engagement module): what they met, and how often they were approached.
///
/// Every question is asked as of an instant: what was received later doesn't count, so that the past stays as it was.
public interface EngagementHistory {

    /// Items that the reader was shown, opened, completed, dismissed or rated, the latest 500 of the last 365 days, with how often
    /// each was shown, at least once.
    Map<String, Integer> countSeen(ReaderKey reader, Instant until);

    /// Items that were shown at least so many times.
    ///
    /// @param since exclusive
    /// @param until inclusive
    Set<String> listShownAtLeast(ReaderKey reader, int times, Instant since, Instant until);

    /// How often the reader was approached: sets with promotional content shown to them, each once a day, and meetings with a person.
    ///
    /// @param since exclusive
    /// @param until inclusive
    int countContacts(ReaderKey reader, Instant since, Instant until);
}
