package io.throughline.catalogue;

import java.time.Instant;

/// The part of a score that depends on the candidate alone: the same in every slot and every context, so a catalogue keeps it beside the candidate
/// and knows the largest of a block without looking at the others.
public final class StaticScore {

    /// Parts are counted in whole ten-thousandths, so that they add up to the score exactly.
    public static final int UNITS = 10_000;

    public static final double EVIDENCE_WEIGHT = 0.08;
    public static final double FRESHNESS_WEIGHT = 0.04;

    private static final long FRESHNESS_FROM = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    private static final long FRESHNESS_UNTIL = Instant.parse("2040-01-01T00:00:00Z").getEpochSecond();

    private StaticScore() {}

    /// What the candidate shows for its statements, 0 to 1: see [EvidenceGrade#value()].
    public static double evidence(Candidate candidate) {
        return candidate.facets().evidenceGrade().value();
    }

    /// When it was approved, on a straight line from 0 at the start of 2020 to 1 at the start of 2040. On a straight line two
    /// items differ by the same amount for ever: an answer never changes because time goes by, as it would with an age.
    public static double freshness(Candidate candidate) {
        double share = (double) (candidate.approvedAt().getEpochSecond() - FRESHNESS_FROM) / (FRESHNESS_UNTIL - FRESHNESS_FROM);
        return Math.clamp(share, 0.0, 1.0);
    }

    /// In [#UNITS].
    public static int of(Candidate candidate) {
        return units(EVIDENCE_WEIGHT, evidence(candidate)) + units(FRESHNESS_WEIGHT, freshness(candidate));
    }

    /// What a value of a part, 0 to 1, adds to a score, in [#UNITS].
    public static int units(double weight, double value) {
        return (int) Math.round(weight * value * UNITS);
    }
}
