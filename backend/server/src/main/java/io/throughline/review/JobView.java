package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.Rendition;
import io.throughline.shared.Kebab;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Everything that the review room shows of one job to one person.
///
/// @param firstSigning whether the next signature needs the user id too (P11-9)
/// @param consequences what each verdict that the person may give, or `certify`, will cause
record JobView(
        String code,
        String id,
        JobItem item,
        String locale,
        String market,
        String dateOfPreparation,
        JobState state,
        @Nullable Instant dueAt,
        PersonName openedBy,
        Instant openedAt,
        List<CirculationView> circulations,
        List<TaskView> tasks,
        VersionView version,
        @Nullable RenditionView rendition,
        @Nullable BaseView baseVersion,
        List<AnnotationView> annotations,
        List<SignatureView> signatures,
        @Nullable ApprovalView approval,
        May may,
        boolean firstSigning,
        Map<String, List<String>> consequences) {

    record PersonName(String id, String displayName) {}

    record CirculationView(int number, int version, Instant startedAt, @Nullable Instant endedAt, @Nullable CirculationOutcome outcome,
            @Nullable String reason, @Nullable String note) {}

    /// @param state `open` or the verdict
    record TaskView(String id, Discipline discipline, String state, @Nullable PersonName by, @Nullable Instant at,
            @Nullable String comment, @Nullable SignatureView signature) {}

    record VersionView(int number, String sha256, ObjectNode document, String html) {}

    /// The words under review.
    ///
    /// @param sha256 what a verdict or certification is signed for
    /// @param parts  what the text holds, and in which version
    record RenditionView(String sha256, List<PartView> parts) {

        static RenditionView of(Rendition rendition) {
            return new RenditionView(rendition.sha256(),
                    rendition.parts().stream().map(it -> new PartView(it.itemId(), it.relation(), it.version())).toList());
        }
    }

    /// @param version null: bound by its current version
    record PartView(String itemId, String relation, @Nullable Integer version) {}

    record BaseView(int number, Instant approvedAt) {}

    /// @param place      null where its words stand in no block: in a line that the market adds, or nowhere (`orphaned`)
    /// @param mayAnswer  whether the person who reads this may reply
    /// @param mayResolve whether they may say that it is settled (RV-5)
    record AnnotationView(String id, int circulation, String quote, String prefix, String suffix, String body, boolean required,
            PersonName author, Instant createdAt, boolean resolved, boolean orphaned, @Nullable PlaceView place, boolean mayAnswer,
            boolean mayResolve, List<ReplyView> replies) {}

    /// The block of a text in which an annotation lies.
    ///
    /// @param block  among all blocks of the text in reading order, from 0; [Changes] lists them too, and what is gone between them
    /// @param from   UTF-16 units before it in the body's Markdown; null outside the body
    /// @param source the block's Markdown as it stands in the body; null outside it
    record PlaceView(int block, String field, @Nullable String heading, @Nullable Integer from, @Nullable String source) {

        /// @param body Markdown of the text's body
        static PlaceView of(int number, Block block, String body) {
            var span = block.span();
            return span == null || span.until() > body.length()
                    ? new PlaceView(number, block.field(), block.heading(), null, null)
                    : new PlaceView(number, block.field(), block.heading(), span.from(), body.substring(span.from(), span.until()));
        }
    }

    record ReplyView(String id, String body, boolean resolves, PersonName author, Instant createdAt) {}

    /// A signature with all that P11-6 asks to be shown; `signedAt` is UTC and says so.
    ///
    /// @param valid whether it still fits what it was given for (P11-1, P11-7)
    record SignatureView(String id, String printedName, @Nullable String registrationNumber, String meaning, Instant signedAt,
            String sha256, boolean valid) {}

    record May(List<Discipline> verdicts, boolean certify, @Nullable String certifyRefusal, boolean annotate, boolean resubmit) {}

    record EndView(String reason, String detail, Instant at) {}

    record ApprovalView(String id, String jobCode, int circulation, String itemId, String locale, int versionNumber, String versionSha256,
            @Nullable String renditionSha256, String market, Instant validFrom, Instant validUntil, String dateOfPreparation, Instant approvedAt,
            PersonName certifiedBy, String signatureId, @Nullable Boolean usable, @Nullable EndView end) {

        static ApprovalView of(Approval it, PersonName certifiedBy, @Nullable Boolean usable, @Nullable ApprovalEnd end) {
            return new ApprovalView(it.id(), it.jobCode(), it.circulation(), it.itemId(), it.locale(), it.versionNumber(),
                    it.versionSha256(), it.renditionSha256(), it.market(), it.validFrom(), it.validUntil(), it.dateOfPreparation(), it.approvedAt(),
                    certifiedBy, it.signatureId(), usable, end == null ? null : new EndView(Kebab.of(end.reason()), end.sentence(), end.endedAt()));
        }
    }
}
