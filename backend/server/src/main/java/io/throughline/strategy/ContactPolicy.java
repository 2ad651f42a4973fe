package io.throughline.strategy;

import io.throughline.taxonomy.Concept;

/// How often a person may be contacted, so that quality comes before quantity. Enforced when content is served.
///
/// @param contacts    most contacts with one person in `perDays` days, at least 1
/// @param perDays     length of that period in days of 24 hours, at least 1
/// @param itemRepeats most times that one person is shown the same item in `itemPerDays` days, at least 1
/// @param itemPerDays length of that period in days of 24 hours, at least 1
public record ContactPolicy(int contacts, int perDays, int itemRepeats, int itemPerDays) {

    private static final int MOST = 1_000;
    private static final int LONGEST_DAYS = 365;
    private static final int DEFAULT_REPEATS = 3;
    private static final int DEFAULT_REPEAT_DAYS = 30;
    private static final double MONTH_DAYS = 30;

    public ContactPolicy {
        if (contacts < 1 || contacts > MOST || itemRepeats < 1 || itemRepeats > MOST) {
            throw new IllegalArgumentException("A contact policy allows 1 to %d contacts and repeats".formatted(MOST));
        }
        if (perDays < 1 || perDays > LONGEST_DAYS || itemPerDays < 1 || itemPerDays > LONGEST_DAYS) {
            throw new IllegalArgumentException("A contact policy counts over 1 to %d days".formatted(LONGEST_DAYS));
        }
    }

    /// What an engagement model allows, from its entry in the vocabulary: `contactBudget` has `contacts` and `days`, and may have
    /// `itemRepeats` and `itemDays`.
    public static ContactPolicy of(Concept engagementModel) {
        var budget = engagementModel.properties().path("contactBudget");
        return new ContactPolicy(budget.path("contacts").asInt(MOST), budget.path("days").asInt(DEFAULT_REPEAT_DAYS),
                budget.path("itemRepeats").asInt(DEFAULT_REPEATS), budget.path("itemDays").asInt(DEFAULT_REPEAT_DAYS));
    }

    /// Contacts in 30 days, to hold budgets of different periods against each other.
    double contactsPerMonth() {
        return contacts * MONTH_DAYS / perDays;
    }
}
