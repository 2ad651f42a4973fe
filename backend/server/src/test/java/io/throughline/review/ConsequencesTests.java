package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.Discipline.REGULATORY;
import static io.throughline.review.Reviews.inReview;
import static io.throughline.review.Verdict.APPROVE;
import static io.throughline.review.Verdict.APPROVE_WITH_CHANGES;
import static io.throughline.review.Verdict.REJECT;
import static io.throughline.review.Verdict.REVISE_AND_RESUBMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsequencesTests {

    @Test
    void anApprovalSaysWhoStillReviews() {
        assertThat(given(Map.of(LEGAL, APPROVE)).of(MEDICAL, APPROVE))
                .containsExactly("Regulatory still reviews version 3; nothing is approved before that.");
    }

    @Test
    void theLastApprovalOpensTheWayToCertification() {
        assertThat(given(Map.of(LEGAL, APPROVE, REGULATORY, APPROVE)).of(MEDICAL, APPROVE)).containsExactly(
                "Every discipline has then approved version 3.", "A signatory can certify it for GB, en-GB.");
    }

    @Test
    void theLastApprovalSendsBackWhenAnotherDisciplineAskedForChanges() {
        assertThat(given(Map.of(LEGAL, APPROVE_WITH_CHANGES, REGULATORY, APPROVE)).of(MEDICAL, APPROVE)).containsExactly(
                "Circulation 1 ends; the record says revise and resubmit.",
                "It goes back because legal asked for changes.",
                "Mara Lindqvist gets a new draft, started from version 3.",
                "Circulation 2 needs a reason, and verdicts of medical, legal and regulatory again.");
    }

    @Test
    void changesAreAskedForOnceTheOthersHaveAnswered() {
        assertThat(given(Map.of(LEGAL, APPROVE)).of(MEDICAL, APPROVE_WITH_CHANGES)).containsExactly(
                "Your comment becomes a required change; Mara Lindqvist works it in.",
                "Regulatory still reviews version 3; nothing is approved before that.",
                "Then circulation 1 ends, because you asked for changes, and circulation 2 reviews the next version.");
    }

    @Test
    void aRejectionEndsItAtOnceAndReleasesTheOthers() {
        assertThat(given(Map.of(LEGAL, APPROVE)).of(MEDICAL, REJECT))
                .startsWith("Circulation 1 ends at once; the record says rejected.", "Regulatory is no longer asked about version 3.");
        assertThat(given(Map.of()).of(MEDICAL, REVISE_AND_RESUBMIT))
                .startsWith("Circulation 1 ends at once; the record says revise and resubmit.",
                        "Legal and regulatory are no longer asked about version 3.");
    }

    @Test
    void certifyingNamesTheLastPossibleDayAndWhatItFollows() {
        assertThat(given(Reviews.allApprove()).ofCertifying("7099881", Instant.parse("2026-11-21T16:42:00Z"))).containsExactly(
                "Version 3 is approved for GB, en-GB under GB-2026-0001.",
                "The certificate carries your name, GMC number 7099881, the time and the version's SHA-256; any changed byte voids it.",
                "The approval ends on the date you choose, 21 Nov 2028 at the latest.",
                "Version 2, approved 14 May 2025, stays in use until this one is published.",
                "Nothing is published by this; it may be published from then on.");
    }

    private static Consequences given(Map<Discipline, Verdict> verdicts) {
        return new Consequences(inReview(verdicts), Reviews.GB, "en-GB", "Mara Lindqvist",
                new Consequences.Base(2, Instant.parse("2025-05-14T10:00:00Z")));
    }
}
