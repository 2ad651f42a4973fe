package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.shared.Actor;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs an act of review in one transaction. A refusal rolls everything back, whatever was written before it was noticed
/// (S12), and only then is the attempt recorded: the trail keeps it though the act left nothing (P11-5).
@Component
class ReviewActs {

    private final TransactionTemplate transaction;
    private final AuditTrail audit;

    ReviewActs(PlatformTransactionManager transactions, AuditTrail audit) {
        this.transaction = new TransactionTemplate(transactions);
        this.audit = audit;
    }

    /// @param refused   action to record when it is refused: `verdict.refused`
    /// @param subjectId asked only then
    <T> ReviewOutcome<T> attempt(Actor actor, String refused, String subjectType, Supplier<String> subjectId, Supplier<ReviewOutcome<T>> act) {
        Objects.requireNonNull(actor, "nobody acts without being known (S11)");
        var outcome = Objects.requireNonNull(transaction.execute(status -> {
            var result = act.get();
            if (result instanceof Refused<T>) {
                status.setRollbackOnly();
            }
            return result;
        }));
        switch (outcome) {
            case Done<T> _ -> {}
            case Refused<T>(var refusal) when isMisuse(refusal) ->
                    audit.recordRefusal(actor, refused, subjectType, subjectId.get(), refusal.detail());
            case Refused<T> _ -> {}
        }
        return outcome;
    }

    /// What was mistyped or out of date is no misuse; everything that a person may not do is.
    private static boolean isMisuse(ReviewRefusal refusal) {
        return switch (refusal) {
            case ReviewRefusal.NotFound _, ReviewRefusal.NotAllowed _, ReviewRefusal.OutOfSequence _,
                    ReviewRefusal.AuthorMayNotCertify _, ReviewRefusal.Conflict _, ReviewRefusal.SignatureRefused _ -> true;
            case ReviewRefusal.StaleDraft _, ReviewRefusal.Invalid _ -> false;
        };
    }
}
