package io.throughline.review;

import io.throughline.content.PrescribingInformation;
import io.throughline.review.JobView.SignatureView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate as it is shown, printed and exported: name, meaning and time with its zone of every signature (P11-6),
/// job code and date of preparation (UK-7), the hash of what was certified (UK-1).
///
/// @param prescribingInformation that stood beside the text when it was certified; what is delivered is the one in force then
/// @param wording what the signatory declared, in the words of the market pack
record Certificate(
        String jobCode,
        JobItem item,
        String locale,
        String market,
        int version,
        String versionSha256,
        @Nullable String renditionSha256,
        String dateOfPreparation,
        Instant approvedAt,
        Instant validFrom,
        Instant validUntil,
        PrescribingInformation.@Nullable InForce prescribingInformation,
        String wording,
        SignatureView signature,
        List<SignedVerdict> verdicts) {

    record SignedVerdict(Discipline discipline, Verdict verdict, SignatureView signature) {}
}
