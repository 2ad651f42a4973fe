package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.Discipline.REGULATORY;

import io.throughline.content.ContentDesk;
import io.throughline.content.NewItem;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewPerson;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.review.ReviewRefusal.Invalid;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Footprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// Mara writes, Amari, Castellan and Novotny review, Okonjo certifies; all of them for GB and DE.
@TestComponent
class ReviewFixture {

    static final String PASSWORD = "four plain words here";
    static final Map<Discipline, String> REVIEWERS = Map.of(MEDICAL, "r.amari", LEGAL, "r.castellan", REGULATORY, "r.novotny");

    private final IdentitySeed seed;
    private final ContentDesk content;
    private final ReviewDesk desk;
    private final JdbcClient jdbc;
    private final Map<String, Actor> people = new ConcurrentHashMap<>();
    private final Map<String, SigningSession> sessions = new ConcurrentHashMap<>();

    ReviewFixture(IdentitySeed seed, ContentDesk content, ReviewDesk desk, JdbcClient jdbc) {
        this.seed = seed;
        this.content = content;
        this.desk = desk;
        this.jdbc = jdbc;
    }

    void people() {
        mara();
        person("r.amari", null, Role.MEDICAL_REVIEWER);
        person("r.castellan", null, Role.LEGAL_REVIEWER);
        person("r.novotny", null, Role.REGULATORY_REVIEWER);
        okonjo();
    }

    Actor mara() {
        return person("r.mara", null, Role.WRITER);
    }

    Actor amari() {
        return person("r.amari", null, Role.MEDICAL_REVIEWER);
    }

    Actor okonjo() {
        return person("r.okonjo", "GMC 7099881", Role.SIGNATORY);
    }

    Actor person(String username, @Nullable String registration, Role... roles) {
        return people.computeIfAbsent(username, it -> seed.person(new NewPerson(it, "Dr " + it, PASSWORD, Set.copyOf(Arrays.asList(roles)),
                Set.of("*"), Set.of("GB", "DE"), registration, true)).asActor());
    }

    Actor reviewer(Discipline discipline) {
        return people.get(REVIEWERS.get(discipline));
    }

    static ObjectNode document(String title, String body) {
        var document = Json.object().put("title", title).put("summary", "What is known.").put("body", body);
        var classification = document.putObject("classification");
        classification.putArray("audience").add("hcp.cardiology");
        classification.putArray("stage").add("considering");
        classification.putArray("need").add("dosing");
        return document;
    }

    /// Id of a new item whose draft is at revision 1.
    String written(Actor writer, String title) {
        var made = content.create(writer, new NewItem("article", "non-promotional", null, "en-GB",
                document(title, "## Dose\n\nStart with 5 mg once daily.\n\n## Follow-up\n\nMeasure potassium after two weeks.")));
        return switch (made) {
            case ContentDesk.Creation.Created(var item, _) -> item.id();
            case ContentDesk.Creation.Invalid(var findings) -> throw new AssertionError(findings);
        };
    }

    ReviewJob submitted(String title) {
        return done(submit(mara(), written(mara(), title), 1, null));
    }

    ReviewOutcome<ReviewJob> submit(Actor actor, String itemId, int revision, @Nullable String reason) {
        return desk.submit(actor, itemId, "en-GB", revision, "GB", null, reason, null);
    }

    void save(Actor actor, String itemId, int revision, ObjectNode document) {
        var saved = content.saveDraft(actor, itemId, "en-GB", revision, document);
        if (!(saved instanceof ContentDesk.Saving.Saved)) {
            throw new AssertionError(saved);
        }
    }

    ReviewOutcome<ReviewJob> verdict(ReviewJob job, Discipline discipline, Verdict verdict) {
        return verdict(reviewer(discipline), job, discipline, verdict);
    }

    ReviewOutcome<ReviewJob> verdict(Actor actor, ReviewJob job, Discipline discipline, Verdict verdict) {
        return desk.giveVerdict(actor, job.code(), discipline, verdict, verdict == Verdict.APPROVE ? null : "Give the absolute risk too.",
                job.renditionSha256(), credentials(actor), session(actor));
    }

    ReviewJob approvedByAll(String title) {
        var job = submitted(title);
        for (var discipline : Discipline.values()) {
            done(verdict(job, discipline, Verdict.APPROVE));
        }
        return job;
    }

    ReviewOutcome<Approval> certify(Actor actor, ReviewJob job) {
        return desk.certify(actor, job.code(), job.renditionSha256(), null, inMonths(12), credentials(actor), session(actor));
    }

    static SigningCredentials credentials(Actor actor) {
        return new SigningCredentials(actor.username(), PASSWORD);
    }

    /// One for each person, so that their password is hashed once.
    SigningSession session(Actor actor) {
        return sessions.computeIfAbsent(actor.id(), _ -> SigningSession.batch());
    }

    static Instant inMonths(int months) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(30L * months, ChronoUnit.DAYS);
    }

    static <T> T done(ReviewOutcome<T> outcome) {
        return switch (outcome) {
            case Done<T>(var value) -> value;
            case Refused<T>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    static <T> ReviewRefusal refused(ReviewOutcome<T> outcome) {
        return switch (outcome) {
            case Done<T>(var value) -> throw new AssertionError("was done: " + value);
            case Refused<T>(var refusal) -> refusal;
        };
    }

    /// Rows of every table but those that keep refused attempts: equal before and after a refused act (S12).
    Map<String, Long> rows() {
        return Footprint.of(jdbc);
    }

    Map<String, Object> auditOf(String subjectId) {
        var actions = new HashMap<String, Object>();
        jdbc.sql("select action, reason from audit_entry where subject_id = :id order by number").param("id", subjectId)
                .query((row, _) -> actions.put(row.getString("action"), String.valueOf(row.getString("reason")))).list();
        return actions;
    }

    /// Of the findings that a refusal names.
    static <T> List<String> codes(ReviewOutcome<T> outcome) {
        return ((Invalid) refused(outcome)).findings().stream().map(Finding::code).toList();
    }
}
