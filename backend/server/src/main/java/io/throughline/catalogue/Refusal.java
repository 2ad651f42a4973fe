package io.throughline.catalogue;

import io.throughline.content.Rule;

/// Why a publication may not go out, or not into a set.
///
/// @param rule    id of a rule that a person made (`rul_…`), of the market's pack (`GB-1`) or of a regulation (US-2 safety information, UK-5 prescribing
///                information, EU-2, US-9), or one of allowedMarket, locale, kind, allowedAudience, allowedChannel, brand, window,
///                frequency-cap, contact-budget, rank, relaxation
/// @param detail  a sentence for a person
/// @param pairing whether something that must be shown with it is missing
public record Refusal(String rule, String detail, boolean pairing) {

    public static final String FREQUENCY_CAP = "frequency-cap";
    public static final String CONTACT_BUDGET = "contact-budget";

    public Refusal(String rule, String detail) {
        this(rule, detail, false);
    }

    /// What a rule of a person says.
    public static Refusal by(Rule rule) {
        return new Refusal(rule.id(), rule.message());
    }

    /// Whether it spares this reader: another one might be shown it.
    public boolean sparing() {
        return rule.equals(FREQUENCY_CAP) || rule.equals(CONTACT_BUDGET);
    }
}
