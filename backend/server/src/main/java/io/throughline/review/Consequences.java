package io.throughline.review;

import io.throughline.review.Standing.Awaiting;
import io.throughline.review.Standing.ReadyToCertify;
import io.throughline.review.Standing.SentBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a verdict or certification will cause, in sentences, before the person signs it. Computed from the same rules that
/// will be applied, so that the page can't promise something else.
///
/// @param locale        `en-GB`
/// @param submitterName who handed the version in and will get it back
/// @param base          the approval that this version would follow, if there is one
record Consequences(ReviewFacts facts, MarketRules rules, String locale, String submitterName, @Nullable Base base) {

    record Base(int versionNumber, Instant approvedAt) {}

    List<String> of(Discipline discipline, Verdict verdict) {
        var open = openBesides(discipline);
        var next = facts.circulation() + 1;
        var texts = new ArrayList<String>();
        if (verdict == Verdict.APPROVE_WITH_CHANGES) {
            texts.add("Your comment becomes a required change; %s works it in.".formatted(submitterName));
        }
        switch (ReviewPolicy.standing(facts.with(discipline, verdict).tasks())) {
            case Awaiting(var missing) -> {
                texts.add("%s still %s version %d; nothing is approved before that.".formatted(
                        Discipline.capitalised(missing), missing.size() == 1 ? "reviews" : "review", facts.versionNumber()));
                var changing = changesAskedBy(discipline, verdict);
                if (!changing.isEmpty()) {
                    texts.add("Then circulation %d ends, because %s asked for changes, and circulation %d reviews the next version."
                            .formatted(facts.circulation(), changing, next));
                }
            }
            case ReadyToCertify() -> {
                texts.add("Every discipline has then approved version %d.".formatted(facts.versionNumber()));
                texts.add("A signatory can certify it for %s, %s.".formatted(rules.market(), locale));
            }
            case SentBack(var outcome, var by) -> {
                texts.add("Circulation %d ends%s; the record says %s.".formatted(facts.circulation(),
                        verdict.endsCirculationAtOnce() && !open.isEmpty() ? " at once" : "",
                        outcome == CirculationOutcome.REJECTED ? "rejected" : "revise and resubmit"));
                if (verdict.endsCirculationAtOnce() && !open.isEmpty()) {
                    texts.add("%s %s no longer asked about version %d.".formatted(
                            Discipline.capitalised(open), open.size() == 1 ? "is" : "are", facts.versionNumber()));
                } else if (verdict == Verdict.APPROVE) {
                    texts.add("It goes back because %s asked for changes.".formatted(Discipline.sentence(by)));
                }
                texts.add("%s gets a new draft, started from version %d.".formatted(submitterName, facts.versionNumber()));
                texts.add("Circulation %d needs a reason, and verdicts of %s again."
                        .formatted(next, Discipline.sentence(rules.disciplines())));
            }
        }
        return texts;
    }

    /// @param registrationNumber of the signatory, printed on the certificate
    List<String> ofCertifying(@Nullable String registrationNumber, Instant now) {
        var texts = new ArrayList<String>();
        texts.add("Version %d is approved for %s, %s under %s.".formatted(facts.versionNumber(), rules.market(), locale, facts.jobCode()));
        texts.add("The certificate carries your name%s, the time and the version's SHA-256; any changed byte voids it."
                .formatted(registrationNumber == null ? "" : ", " + rules.registrationName() + " " + registrationNumber));
        texts.add("The approval ends on the date you choose, %s at the latest.".formatted(ApprovalWindow.DATE.format(rules.latestEnd(now))));
        if (base != null) {
            texts.add("Version %d, approved %s, stays in use until this one is published."
                    .formatted(base.versionNumber(), ApprovalWindow.DATE.format(base.approvedAt())));
        }
        texts.add("Nothing is published by this; it may be published from then on.");
        return texts;
    }

    private Set<Discipline> openBesides(Discipline discipline) {
        return facts.tasks().stream()
                .filter(it -> it.verdict() == null && it.discipline() != discipline)
                .map(ReviewFacts.Task::discipline)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Discipline.class)));
    }

    private String changesAskedBy(Discipline discipline, Verdict verdict) {
        var others = facts.tasks().stream()
                .filter(it -> it.verdict() == Verdict.APPROVE_WITH_CHANGES)
                .map(ReviewFacts.Task::discipline)
                .toList();
        if (verdict != Verdict.APPROVE_WITH_CHANGES) {
            return Discipline.sentence(others);
        }
        return others.isEmpty() ? "you" : Discipline.sentence(others) + " and you";
    }
}
