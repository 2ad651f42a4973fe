package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.Discipline.REGULATORY;

import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The story that the pure tests tell: Mara wrote it, three disciplines review it for GB, Okonjo certifies.
final class Reviews {

    static final String HASH = "a".repeat(64);
    static final MarketRules GB = new MarketRules(
            "GB", "GB-{year}-{number:04}", List.of(MEDICAL, LEGAL, REGULATORY), true, "GMC number", Set.of(), 24);
    static final Actor MARA = person("usr_mara", Role.WRITER);
    static final Actor AMARI = person("usr_amari", Role.MEDICAL_REVIEWER);
    static final Actor OKONJO = person("usr_okonjo", Role.SIGNATORY);
    static final Actor ADMIN = person("usr_admin", Role.ADMINISTRATOR, Role.SIGNATORY);

    private Reviews() {}

    static Actor person(String id, Role... roles) {
        return new Actor(id, id.substring(4), id.substring(4), EnumSet.copyOf(Arrays.asList(roles)), Set.of("*"), Set.of("GB"));
    }

    static ReviewFacts inReview(Map<Discipline, Verdict> verdicts) {
        return job(JobState.IN_REVIEW, verdicts);
    }

    static ReviewFacts job(JobState state, Map<Discipline, Verdict> verdicts) {
        return new ReviewFacts("GB-2026-0001", state, 1, 3, HASH, tasks(verdicts), Set.of(MARA.id()), Set.of(), 0);
    }

    static List<ReviewFacts.Task> tasks(Map<Discipline, Verdict> verdicts) {
        return GB.disciplines().stream()
                .map(it -> new ReviewFacts.Task("tsk_" + it.code(), it, verdicts.get(it), verdicts.containsKey(it) ? "usr_" + it.code() : null))
                .toList();
    }

    static Map<Discipline, Verdict> allApprove() {
        return Map.of(MEDICAL, Verdict.APPROVE, LEGAL, Verdict.APPROVE, REGULATORY, Verdict.APPROVE);
    }
}
