package io.throughline.content;

import java.util.List;
import java.util.Set;

/// A rule about the use of content. The family is closed: rules are data, and there is no expression language behind them.
///
/// The same rule has the same id in all three moments: as a finding while writing, as a block at submission, and as the
/// reason of an omission when serving. Rules of content types and market packs carry the id of their regulation (`US-2`),
/// rules that people write into an item carry `rul_…`.
public sealed interface Rule {

    String id();

    /// What to do, for the person who reads it.
    String message();

    /// Id of the regulation (`US-2`) or of the person (`usr_…`) who asks for it.
    String source();

    /// What a rule needs beside its item.
    sealed interface Target {

        /// All of these items.
        record Items(List<String> ids) implements Target {
            public Items {
                ids = List.copyOf(ids);
                if (ids.isEmpty()) {
                    throw new IllegalArgumentException("a rule that needs items names at least one");
                }
            }
        }

        /// Something in the document, by its JSON pointer.
        record Field(String pointer) implements Target {}

        /// The items that it names; none for a field.
        default List<String> itemIds() {
            return this instanceof Items(var ids) ? ids : List.of();
        }
    }

    /// In one document, in one content set, or for one person over all sets.
    enum Per {
        DOCUMENT,
        SET,
        PERSON
    }

    /// It is used only together with its target: in the same document, in the same content set, and alone only where the
    /// target can be had as well.
    record Requires(String id, String message, String source, Target target) implements Rule {}

    /// It is never used together with any of `items`.
    record Excludes(String id, String message, String source, Set<String> items) implements Rule {
        public Excludes {
            items = Set.copyOf(items);
        }
    }

    record AllowedChannel(String id, String message, String source, Set<String> channels) implements Rule {
        public AllowedChannel {
            channels = Set.copyOf(channels);
        }
    }

    /// @param audiences with everything narrower than them
    record AllowedAudience(String id, String message, String source, Set<String> audiences) implements Rule {
        public AllowedAudience {
            audiences = Set.copyOf(audiences);
        }
    }

    record AllowedMarket(String id, String message, String source, Set<String> markets) implements Rule {
        public AllowedMarket {
            markets = Set.copyOf(markets);
        }
    }

    /// @param times inclusive, at least 1
    record MaxUse(String id, String message, String source, int times, Per per) implements Rule {
        public MaxUse {
            if (times < 1) {
                throw new IllegalArgumentException("what may be used never is withdrawn, not limited to " + times);
            }
        }
    }

    /// Where both are, it comes before each of `items`.
    record Order(String id, String message, String source, Set<String> items) implements Rule {
        public Order {
            items = Set.copyOf(items);
        }
    }

    /// It travels with its safety or prescribing information (US-2).
    record Pairing(String id, String message, String source, Target target) implements Rule {}
}
