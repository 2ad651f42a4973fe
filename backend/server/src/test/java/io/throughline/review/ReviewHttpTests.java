package io.throughline.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.ContentDesk;
import io.throughline.content.NewItem;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
@Import({ReviewFixture.class, PeopleFixture.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // everybody signs in once: hashing passwords is slow on purpose
class ReviewHttpTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired ContentDesk content;
    @Autowired ReviewFixture reviews;

    Api writer;
    Api medical;
    Api legal;
    Api regulatory;
    Api signatory;

    @BeforeAll
    void signIn() {
        writer = Api.of(port).signIn(people.writer().username());
        medical = Api.of(port).signIn(people.medical().username());
        legal = Api.of(port).signIn(people.legal().username());
        regulatory = Api.of(port).signIn(people.regulatory().username());
        signatory = Api.of(port).signIn(people.signatory().username());
    }

    @Test
    @Tag("P11-6")
    @Tag("UK-7")
    void fromTheDraftToACertificateThatShowsNameTimeWithZoneAndMeaning() {
        var job = submitted("From draft to certificate");
        var medical = Api.of(port).signIn(people.medical().username());
        var code = job.path("code").stringValue();
        assertThat(names(job)).contains("code", "id", "item", "locale", "market", "dateOfPreparation", "state", "openedBy", "openedAt",
                "circulations", "tasks", "version", "annotations", "signatures", "may", "firstSigning", "consequences");
        assertThat(job.at("/tasks/0")).isEqualTo(Json.object().put("id", job.at("/tasks/0/id").stringValue())
                .put("discipline", "medical").put("state", "open"));

        var reviewing = medical.get("/manage/v1/jobs/" + code).json();
        assertThat(reviewing.path("may").path("verdicts")).hasSize(1);
        assertThat(reviewing.path("firstSigning").booleanValue()).isTrue();
        assertThat(names(reviewing.path("consequences"))).containsExactly("approve", "approve-with-changes", "revise-and-resubmit", "reject");
        assertThat(reviewing.at("/version/html").stringValue()).contains("<h2>Dose</h2>");

        var after = verdict(medical, people.medical(), job, "medical", "approve").json();
        assertThat(after.at("/tasks/0/state").stringValue()).isEqualTo("approve");
        assertThat(after.at("/tasks/0/signature/valid").booleanValue()).isTrue();
        assertThat(after.path("firstSigning").booleanValue()).isFalse();
        assertThat(signatory.get("/manage/v1/jobs/" + code).json().at("/may/certifyRefusal").stringValue())
                .isEqualTo("Waits for the legal and regulatory verdicts of circulation 1.");
        assertThat(verdict(legal, people.legal(), job, "legal", "approve").status()).isEqualTo(201);
        assertThat(verdict(regulatory, people.regulatory(), job, "regulatory", "approve").status()).isEqualTo(201);
        assertThat(signatory.get("/manage/v1/jobs/" + code + "/certificate").status()).as("nothing is certified yet").isEqualTo(404);

        var approval = certify(signatory, people.signatory(), job);
        assertThat(approval.status()).as(approval.body()).isEqualTo(201);
        var certificate = medical.get("/manage/v1/jobs/" + code + "/certificate").json();
        assertThat(certificate.path("jobCode").stringValue()).isEqualTo(code);
        assertThat(certificate.path("dateOfPreparation").stringValue()).matches("\\d{4}-\\d{2}");
        assertThat(certificate.path("renditionSha256")).isEqualTo(job.at("/rendition/sha256"));
        assertThat(certificate.path("wording").stringValue()).startsWith("I have examined the final form");
        for (var signature : List.of(certificate.path("signature"), certificate.at("/verdicts/0/signature"))) {
            assertThat(signature.path("printedName").stringValue()).startsWith("Dr ");
            assertThat(signature.path("signedAt").stringValue()).endsWith("Z");
            assertThat(signature.path("meaning").stringValue()).isNotBlank();
            assertThat(signature.path("valid").booleanValue()).isTrue();
        }
        var approvals = writer.get("/manage/v1/items/" + job.at("/item/key").stringValue() + "/approvals").json().path("approvals");
        assertThat(approvals).hasSize(1);
        assertThat(approvals.get(0).path("usable").booleanValue()).isTrue();
        assertThat(approvals.get(0).at("/certifiedBy/displayName").stringValue()).isEqualTo(people.signatory().displayName());
    }

    @Test
    @Tag("UK-2")
    @Tag("S12")
    void anAuthorWithEveryRoleThereIsCannotCertify() {
        var everyRole = people.person("o.mnipotent", "Olga Omnipotent", Set.of(Role.values()), Set.of("*"), Set.of("*")).asActor();
        var olga = Api.of(port).signIn(everyRole.username());
        var job = submit(olga, written(everyRole, "Own work")).json();
        verdict(medical, people.medical(), job, "medical", "approve");
        verdict(legal, people.legal(), job, "legal", "approve");
        verdict(regulatory, people.regulatory(), job, "regulatory", "approve");
        var rows = reviews.rows();

        assertProblem(certify(olga, everyRole, job), 409, "author-may-not-certify");
        assertThat(olga.get("/manage/v1/jobs/" + job.path("code").stringValue()).json().at("/may/certify").booleanValue()).isFalse();
        assertThat(reviews.rows()).isEqualTo(rows);
    }

    @Test
    @Tag("UK-2")
    @Tag("S12")
    void onePersonGivesOneVerdictAndDoesNotCertifyWhatTheyReviewed() {
        var everyRole = people.person("o.mnipotent", "Olga Omnipotent", Set.of(Role.values()), Set.of("*"), Set.of("*")).asActor();
        var olga = Api.of(port).signIn(everyRole.username());
        var job = submitted("Reviewed by Olga");
        assertThat(olga.get("/manage/v1/jobs/" + job.path("code").stringValue()).json().at("/may/verdicts")).hasSize(3);
        assertThat(verdict(olga, everyRole, job, "medical", "approve").status()).isEqualTo(201);
        var rows = reviews.rows();

        assertProblem(verdict(olga, everyRole, job, "legal", "approve"), 403, "forbidden");
        assertThat(reviews.rows()).isEqualTo(rows);
        assertThat(olga.get("/manage/v1/jobs/" + job.path("code").stringValue()).json().at("/may/verdicts")).isEmpty();
        verdict(legal, people.legal(), job, "legal", "approve");
        verdict(regulatory, people.regulatory(), job, "regulatory", "approve");
        rows = reviews.rows();
        assertProblem(certify(olga, everyRole, job), 403, "forbidden");
        assertThat(reviews.rows()).isEqualTo(rows);
        assertThat(codes(olga.get("/manage/v1/jobs?mine=true&limit=100").json())).doesNotContain(job.path("code").stringValue());
        assertThat(certify(signatory, people.signatory(), job).status()).isEqualTo(201);
    }

    @Test
    @Tag("UK-2")
    void whoeverWroteTheOriginalNeitherReviewsNorCertifiesItsTranslation() {
        var author = people.person("o.riginal", "Oda Original", Set.of(Role.WRITER, Role.MEDICAL_REVIEWER, Role.SIGNATORY), Set.of("*"), Set.of("*")).asActor();
        var oda = Api.of(port).signIn(author.username());
        var item = written(author, "Written by Oda");
        content.startDraft(people.writer(), item, "de-DE", null);
        content.saveDraft(people.writer(), item, "de-DE", 1, ReviewFixture.document("Dosierung im Überblick",
                "## Dosis\n\nDie Behandlung beginnt mit 5 mg einmal am Tag und wird nach zwei Wochen geprüft.").put("summary", "Was über die Dosierung bekannt ist."));
        var submitted = writer.post("/manage/v1/items/" + item + "/drafts/de-DE/submission", "{\"market\":\"DE\"}", "If-Match", "\"r2\"");
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(201);
        var job = submitted.json();

        assertProblem(verdict(oda, author, job, "medical", "approve"), 403, "forbidden");
        verdict(medical, people.medical(), job, "medical", "approve");
        verdict(legal, people.legal(), job, "legal", "approve");
        verdict(regulatory, people.regulatory(), job, "regulatory", "approve");
        assertProblem(certify(oda, author, job), 409, "author-may-not-certify");
        assertThat(certify(signatory, people.signatory(), job).status()).isEqualTo(201);
    }

    @Test
    @Tag("P11-10")
    void afterAResetNobodySignsBeforeASecondPersonHasConfirmedWhoTheyAre() {
        var reviewer = people.person("r.eset", "Rita Reset", Set.of(Role.MEDICAL_REVIEWER), Set.of("*"), Set.of("*")).asActor();
        var job = submitted("Signed after a reset");
        var admin = Api.of(port).signIn(people.administrator().username());
        var account = "/manage/v1/people/" + reviewer.id();
        assertThat(admin.post(account + "/password-reset", "{\"password\": \"told by telephone\", \"reason\": \"forgotten\"}").status()).isEqualTo(204);
        var rita = Api.of(port);
        assertThat(rita.trySignIn(reviewer.username(), "told by telephone").status()).isEqualTo(200);
        assertProblem(verdict(rita, reviewer, job, "medical", "approve"), 403, "password-change-required");
        rita.put("/manage/v1/session/password", "{\"oldPassword\": \"told by telephone\", \"newPassword\": \"her own long words\"}");
        assertThat(rita.trySignIn(reviewer.username(), "her own long words").status()).isEqualTo(200);
        var body = verdictBody(reviewer, job, "medical", "approve");
        body.withObject("/signature").put("password", "her own long words");
        var verdicts = "/manage/v1/jobs/" + job.path("code").stringValue() + "/verdicts";

        assertProblem(rita.post(verdicts, body.toString()), 403, "signature-refused");
        assertProblem(admin.post(account + "/identity-confirmation", "{\"reason\": \"seen\"}"), 409, "conflict");
        assertProblem(rita.post(verdicts, body.toString()), 403, "signature-refused");
        people.person("second.admin", "Second Admin", Set.of(Role.ADMINISTRATOR), Set.of("*"), Set.of("*"));
        assertThat(Api.of(port).signIn("second.admin").post(account + "/identity-confirmation", "{\"reason\": \"seen\"}").status()).isEqualTo(204);
        assertThat(rita.post(verdicts, body.toString()).status()).isEqualTo(201);
    }

    @Test
    void reviewersReadTheWordsOfAClaimAndNotItsDirective() {
        var words = ReviewFixture.document("A claim", "x").put("text", "Tirvaciguat lowers the risk.").put("efficacyClaim", false);
        words.remove(List.of("body", "summary"));
        var claim = ((ContentDesk.Creation.Created) content.create(people.writer(), new NewItem("claim", "non-promotional", null, "en-GB", words))).item().id();
        assertThat(submit(writer, claim).status()).isEqualTo(201);
        var item = written(people.writer(), "Holds a claim");
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Holds a claim", "Claim: :claim[" + claim + "] It is once daily."));
        var job = submit(writer, item, 2, null).json();
        assertThat(job.path("code").stringValue()).isNotBlank();
        var changes = medical.get("/manage/v1/jobs/" + job.path("code").stringValue() + "/changes");
        assertThat(changes.body()).doesNotContain(":claim[");
        assertThat(changes.json().path("changes").valueStream().map(it -> it.path("words").valueStream().map(word -> word.path("text").stringValue()).collect(Collectors.joining())))
                .contains("Claim: ❝Tirvaciguat lowers the risk.❞ It is once daily.");
    }

    @Test
    @Tag("P11-3")
    void theHistoryOfAnItemTellsItsReviewsToo() {
        var job = certified("With a history");
        var history = writer.get("/manage/v1/items/" + job.at("/item/key").stringValue() + "/history").json().path("entries");
        assertThat(history).extracting(it -> it.path("action").stringValue())
                .contains("review.started", "verdict.given", "approval.certified", "version.submitted");
        assertThat(history).extracting(it -> it.path("number").longValue()).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    @Tag("P11-4")
    void certifyingBeforeTheVerdictsIsRefused() {
        assertProblem(certify(signatory, people.signatory(), submitted("Too early")), 409, "out-of-sequence");
    }

    @Test
    @Tag("P11-7")
    void aVerdictOnOtherBytesIsRefused() {
        var job = submitted("Other bytes");
        var body = verdictBody(people.medical(), job, "medical", "approve").put("renditionSha256", "0".repeat(64));
        assertProblem(medical.post("/manage/v1/jobs/" + job.path("code").stringValue() + "/verdicts", body.toString()), 409, "conflict");
    }

    @Test
    @Tag("P11-9")
    void aNewSessionNeedsUserIdAndPasswordAgain() {
        var medical = Api.of(port).signIn(people.medical().username());
        var first = submitted("First of the session");
        var second = submitted("Second of the session");
        var third = submitted("In a new session");
        assertProblem(sign(medical, first, null), 403, "signature-refused");
        assertThat(sign(medical, first, people.medical().username()).status()).isEqualTo(201);
        assertThat(sign(medical, second, null).status()).isEqualTo(201);
        assertProblem(sign(Api.of(port).signIn(people.medical().username()), third, null), 403, "signature-refused");
    }

    @Test
    void theDraftsEntityTagIsRequiredAndMustBeCurrent() {
        var item = written(people.writer(), "Tagged");
        var path = "/manage/v1/items/" + item + "/drafts/en-GB/submission";
        assertProblem(writer.post(path, "{\"market\":\"GB\"}"), 428, "precondition-required");
        assertProblem(writer.post(path, "{\"market\":\"GB\"}", "If-Match", "\"r2\""), 412, "version-conflict");
        assertProblem(writer.post(path, "{\"market\":\"GB\"}", "If-Match", "*"), 412, "version-conflict");
        assertProblem(writer.post(path, "{\"market\":\"XX\"}", "If-Match", "\"r1\""), 422, "validation-failed");
        var done = writer.post(path, "{\"market\":\"GB\"}", "If-Match", "\"r1\"");
        assertThat(done.status()).isEqualTo(201);
        assertThat(done.header("Location")).contains("/manage/v1/jobs/" + done.json().path("code").stringValue());
    }

    @ParameterizedTest
    @Tag("S5")
    @Tag("S4")
    @Tag("S12")
    @CsvSource(delimiter = '|', textBlock = """
            submission    | {"market":"GB","state":"certified"}
            submission    | {"market":"GB","jobCode":"GB-1999-0001"}
            submission    | {"market":"GB","submittedBy":"usr_1"}
            verdicts      | {"discipline":"medical","verdict":"approve","renditionSha256":"x","signature":{"password":"x","personId":"usr_1"}}
            verdicts      | {"discipline":"medical","verdict":"approve","renditionSha256":"x","signature":{"password":"x"},"by":"usr_1"}
            certification | {"renditionSha256":"x","validUntil":"2030-01-01T00:00:00Z","signature":{"password":"x"},"certifiedBy":"usr_1"}
            certification | {"renditionSha256":"x","validUntil":"2030-01-01T00:00:00Z","signature":{"password":"x"},"approvedAt":"2020-01-01T00:00:00Z"}
            annotations   | {"quote":"5 mg","prefix":"","suffix":"","body":"x","required":false,"author":"usr_1"}
            cancellation  | {"reason":"x","state":"certified"}
            verdicts      | {"discipline":"medical","verdict":"waive","renditionSha256":"x","signature":{"password":"x"}}
            verdicts      | {"discipline":"medical"}
            """)
    void aKeyThatDoesNotBelongIsRefusedAndNothingChanges(String act, String body) {
        var job = submitted("Mass assignment");
        var draft = written(people.writer(), "Mass assignment of a draft");
        var rows = reviews.rows();

        var answer = act.equals("submission")
                ? writer.post("/manage/v1/items/" + draft + "/drafts/en-GB/submission", body, "If-Match", "\"r1\"")
                : signatory.post("/manage/v1/jobs/" + job.path("code").stringValue() + "/" + act, body);

        assertProblem(answer, 400, "invalid-body");
        assertThat(reviews.rows()).isEqualTo(rows);
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void aReviewOfAnotherMarketReadsLikeOneThatIsNotThere() {
        var german = people.person("g.erman", "Gerda Erman", Set.of(Role.MEDICAL_REVIEWER, Role.SIGNATORY), Set.of("*"), Set.of("DE")).asActor();
        var gerda = Api.of(port).signIn(german.username());
        var job = submitted("Not for Gerda");
        var code = job.path("code").stringValue();
        for (var path : List.of("", "/changes", "/certificate")) {
            assertSame(gerda.get("/manage/v1/jobs/" + code + path), gerda.get("/manage/v1/jobs/GB-1999-0001" + path));
        }
        assertSame(verdict(gerda, german, job, "medical", "approve"),
                gerda.post("/manage/v1/jobs/GB-1999-0001/verdicts", verdictBody(german, job, "medical", "approve").toString()));
        assertThat(codes(gerda.get("/manage/v1/jobs?limit=100").json())).doesNotContain(code);
        assertThat(reviews.auditOf(job.path("id").stringValue())).containsKeys("review.read-refused", "verdict.refused");
    }

    @Test
    @Tag("S4")
    void anUnknownParameterOrValueIsRefused() {
        for (var query : List.of("status=open", "state=open", "discipline=finance", "limit=0", "limit=101", "limit=many", "after=x", "state=")) {
            assertProblem(medical.get("/manage/v1/jobs?" + query), 400, "invalid-query");
        }
    }

    @Test
    void theListShowsWhatWaitsForMePageByPage() {
        var first = submitted("Waiting one").path("code").stringValue();
        var second = submitted("Waiting two");
        var mine = medical.get("/manage/v1/jobs?mine=true&limit=100").json();
        assertThat(codes(mine)).contains(first, second.path("code").stringValue());
        verdict(medical, people.medical(), second, "medical", "approve");
        assertThat(codes(medical.get("/manage/v1/jobs?mine=true&limit=100").json())).contains(first).doesNotContain(second.path("code").stringValue());
        assertThat(codes(medical.get("/manage/v1/jobs?discipline=legal&state=in-review&market=GB&limit=100").json())).contains(first);

        var row = StreamSupport.stream(mine.path("jobs").spliterator(), false).filter(it -> it.path("code").stringValue().equals(first)).findFirst().orElseThrow();
        assertThat(row.path("waitingForMe")).hasSize(1);
        assertThat(row.at("/item/title").stringValue()).isEqualTo("Waiting one");
        assertThat(row.path("changedBlocks").intValue()).isPositive().isEqualTo(row.path("totalBlocks").intValue());

        var all = codes(medical.get("/manage/v1/jobs?limit=100").json());
        var paged = new java.util.ArrayList<String>();
        JsonNode page = medical.get("/manage/v1/jobs?limit=1").json();
        paged.addAll(codes(page));
        while (page.has("nextCursor")) {
            page = medical.get("/manage/v1/jobs?limit=1&after=" + page.path("nextCursor").stringValue()).json();
            paged.addAll(codes(page));
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    @Tag("RV-4")
    @Tag("RV-5")
    void theNextVersionIsComparedWithTheApprovedOneAndAnnotationsAreReanchoredOrOrphaned() {
        var job = certified("Compared");
        var item = job.at("/item/id").stringValue();
        content.startDraft(people.writer(), item, "en-GB", 1);
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Compared",
                "## Dose\n\nStart with 10 mg once daily.\n\n## Follow-up\n\nMeasure potassium after two weeks."));
        var next = submit(writer, item, 2, null).json();
        var code = next.path("code").stringValue();
        assertThat(next.at("/baseVersion/number").intValue()).isEqualTo(1);

        var changes = medical.get("/manage/v1/jobs/" + code + "/changes").json();
        var changed = StreamSupport.stream(changes.path("changes").spliterator(), false)
                .filter(it -> !it.path("kind").stringValue().equals("unchanged")).toList();
        assertThat(changed).singleElement().satisfies(it -> {
            assertThat(it.path("kind").stringValue()).isEqualTo("changed");
            assertThat(it.path("words").toString()).contains("{\"op\":\"del\",\"text\":\"5\"}", "{\"op\":\"ins\",\"text\":\"10\"}");
        });
        assertThat(changes.path("unchanged").intValue()).isEqualTo(changes.path("changes").size() - 1);

        var kept = annotate(medical, code, "two weeks", "potassium after ", ".");
        var lost = annotate(medical, code, "10 mg", "Start with ", " once daily");
        assertThat(kept.status()).as(kept.body()).isEqualTo(201);
        assertProblem(annotate(medical, code, "20 mg", "", ""), 422, "validation-failed");
        assertProblem(annotate(writer, code, "10 mg", "", ""), 403, "forbidden");
        verdict(medical, people.medical(), next, "medical", "revise-and-resubmit");
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Compared",
                "## Dose\n\nGive 7.5 mg in the morning.\n\n## Follow-up\n\nMeasure potassium after two weeks."));
        var third = submit(writer, item, 2, "Dose corrected").json();

        var annotations = third.path("annotations");
        assertThat(annotations).hasSize(2);
        assertThat(annotations.get(0).path("orphaned").booleanValue()).isFalse();
        assertThat(annotations.get(1).path("orphaned").booleanValue()).isTrue();
        var reply = writer.post("/manage/v1/jobs/" + code + "/annotations/" + lost.json().path("id").stringValue() + "/replies",
                "{\"body\":\"Corrected.\",\"resolves\":true}");
        assertThat(reply.json().path("resolved").booleanValue()).isTrue();
        assertThat(reply.json().path("replies")).hasSize(1);
    }

    @Test
    @Tag("RV-5")
    void anAnnotationDoesNotMoveToEqualWordsElsewhereAndItsReviewerResolvesIt() {
        var same = "In adults with normal renal function start with 5 mg once daily and check the potassium after a fortnight.";
        var item = written(people.writer(), "Two groups");
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Two groups", "## Men\n\n" + same + "\n\n## Women\n\n" + same));
        var job = submit(writer, item, 2, null).json();
        var code = job.path("code").stringValue();
        assertProblem(annotate(medical, code, "5 mg", "normal renal function start with ", " once daily and check"), 422, "validation-failed");
        var body = Json.object().put("quote", "5 mg").put("prefix", "Men " + same.substring(0, same.indexOf("5 mg"))).put("suffix", "")
                .put("body", "Too much for men?").put("required", true);
        var made = medical.post("/manage/v1/jobs/" + code + "/annotations", body.toString());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("orphaned").booleanValue()).isFalse();

        verdict(medical, people.medical(), job, "medical", "revise-and-resubmit");
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Two groups", "## Women\n\n" + same));
        var next = submit(writer, item, 2, "Men taken out").json();
        assertThat(next.at("/annotations/0/orphaned").booleanValue()).isTrue();

        var replies = "/manage/v1/jobs/" + code + "/annotations/" + made.json().path("id").stringValue() + "/replies";
        var resolving = "{\"body\":\"Taken out.\",\"resolves\":true}";
        assertProblem(writer.post(replies, resolving), 403, "forbidden");
        assertProblem(legal.post(replies, resolving), 403, "forbidden");
        assertThat(writer.post(replies, "{\"body\":\"Taken out.\",\"resolves\":false}").json().path("resolved").booleanValue()).isFalse();
        assertThat(medical.post(replies, resolving).json().path("resolved").booleanValue()).isTrue();
    }

    @Test
    @Tag("RV-5")
    void annotationsStandBesideTheDraftsPresentWordsAndThenBesideTheNextVersion() {
        var start = "Start with 5 mg once daily; CYP2C19*2 carriers with ANC ≥ 1.5 × 10^9/L only.";
        var item = written(people.writer(), "Answered");
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Answered", "## Dose\n\n" + start + "\n\n## Stop\n\nStop below 90 mmHg."));
        var job = submit(writer, item, 2, null).json();
        var code = job.path("code").stringValue();
        var kept = annotation(medical, code, "CYP2C19*2", true);
        var lost = annotation(legal, code, "90 mmHg", true);
        assertThat(medical.get("/manage/v1/items/" + item + "/drafts/en-GB/annotations").status()).isEqualTo(404);
        verdict(medical, people.medical(), job, "medical", "revise-and-resubmit");
        var edited = "## Dose\n\nAdults only.\n\n" + start.replace("once daily", "each morning") + "\n\n## Stop\n\nAsk a cardiologist.";
        reviews.save(people.writer(), item, 1, ReviewFixture.document("Answered", edited));

        var beside = writer.get("/manage/v1/items/" + item + "/drafts/en-GB/annotations");
        assertThat(beside.status()).as(beside.body()).isEqualTo(200);
        assertThat(beside.json().path("revision").intValue()).isEqualTo(2);
        var review = beside.json().at("/reviews/0");
        assertThat(beside.json().path("reviews")).hasSize(1);
        assertThat(review.path("code").stringValue()).isEqualTo(code);
        assertThat(review.at("/verdicts/0/comment").stringValue()).isEqualTo("Checked against the label.");
        assertThat(review.at("/annotations/0/id").stringValue()).isEqualTo(kept);
        var place = review.at("/annotations/0/place");
        assertThat(place.path("field").stringValue()).isEqualTo("body");
        assertThat(place.path("heading").stringValue()).isEqualTo("Dose");
        assertThat(place.path("source").stringValue()).startsWith("Start with 5 mg each morning; CYP2C19*2");
        assertThat(edited.substring(place.path("from").intValue())).startsWith("Start with 5 mg each morning");
        assertThat(review.at("/annotations/1/orphaned").booleanValue()).isTrue();
        assertThat(review.at("/annotations/1").has("place")).isFalse();

        var answered = writer.post("/manage/v1/jobs/" + code + "/annotations/" + kept + "/replies", "{\"body\":\"Section 4.2 of the label.\",\"resolves\":false}");
        assertThat(answered.status()).as(answered.body()).isEqualTo(201);
        var next = submit(writer, item, 2, "Taken every morning").json();
        assertThat(next.at("/annotations/0/replies/0/body").stringValue()).isEqualTo("Section 4.2 of the label.");
        assertThat(next.at("/annotations/0/resolved").booleanValue()).isFalse();
        assertThat(next.at("/annotations/0/orphaned").booleanValue()).isFalse();
        assertThat(next.at("/annotations/1/orphaned").booleanValue()).isTrue();
        assertThat(next.at("/annotations/1/id").stringValue()).isEqualTo(lost);
        var present = StreamSupport.stream(medical.get("/manage/v1/jobs/" + code + "/changes").json().path("changes").spliterator(), false)
                .filter(it -> !it.path("kind").stringValue().equals("removed")).toList();
        assertThat(present.get(next.at("/annotations/0/place/block").intValue()).path("words").toString()).contains("CYP2C19*2");
    }

    @Test
    @Tag("RV-5")
    void whatMustBeSettledIsResolvedByItsDisciplineOnlyAndEachIsToldWhatTheyMayDo() {
        var job = submitted("Told what they may");
        var code = job.path("code").stringValue();
        var demand = annotation(medical, code, "two weeks", true);
        assertThat(rights(medical, code)).containsExactly(true, true);
        assertThat(rights(legal, code)).containsExactly(true, false);
        assertThat(rights(writer, code)).containsExactly(true, false);
        var replies = "/manage/v1/jobs/" + code + "/annotations/" + demand + "/replies";
        assertProblem(writer.post(replies, "{\"body\":\"Done.\",\"resolves\":true}"), 403, "forbidden");
        assertThat(writer.post(replies, "{\"body\":\"Done.\",\"resolves\":false}").json().path("mayResolve").booleanValue()).isFalse();
        assertThat(medical.post(replies, "{\"body\":\"Good.\",\"resolves\":true}").status()).isEqualTo(201);
        assertThat(rights(medical, code)).containsExactly(true, false);
        assertProblem(medical.post(replies, "{\"body\":\"Again.\",\"resolves\":true}"), 409, "out-of-sequence");
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void remarksBesideADraftAreThoseOfTheMarketsOneWorksFor() {
        var job = submitted("Of one market");
        annotation(medical, job.path("code").stringValue(), "two weeks", false);
        verdict(medical, people.medical(), job, "medical", "revise-and-resubmit");
        var beside = "/manage/v1/items/" + job.at("/item/id").stringValue() + "/drafts/en-GB/annotations";
        assertThat(writer.get(beside).json().path("reviews")).hasSize(1);
        var german = people.person("w.erman", "Wanda Erman", Set.of(Role.WRITER), Set.of("*"), Set.of("DE")).asActor();
        var elsewhere = Api.of(port).signIn(german.username());
        assertThat(elsewhere.get(beside).json().path("reviews")).isEmpty();
    }

    private static String annotation(Api api, String code, String quote, boolean required) {
        var made = api.post("/manage/v1/jobs/" + code + "/annotations", Json.object().put("quote", quote).put("prefix", "").put("suffix", "")
                .put("body", "Why so?").put("required", required).toString());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("id").stringValue();
    }

    private static List<Boolean> rights(Api api, String code) {
        var annotation = api.get("/manage/v1/jobs/" + code).json().at("/annotations/0");
        return List.of(annotation.path("mayAnswer").booleanValue(), annotation.path("mayResolve").booleanValue());
    }

    @Test
    @Tag("RV-2")
    void theNextCirculationNeedsAReason() {
        var job = submitted("Without reason");
        assertProblem(medical.post("/manage/v1/jobs/" + job.path("code").stringValue() + "/verdicts",
                verdictBody(people.medical(), job, "medical", "reject").without("comment").toString()), 422, "validation-failed");
        assertThat(verdict(medical, people.medical(), job, "medical", "reject").status()).isEqualTo(201);
        var item = job.at("/item/id").stringValue();
        var refused = submit(writer, item, 1, null);
        assertProblem(refused, 422, "validation-failed");
        assertThat(refused.json().at("/errors/0/path").stringValue()).isEqualTo("/reason");
        var again = submit(writer, item, 1, "Shortened").json();
        assertThat(again.path("circulations")).hasSize(2);
        assertThat(again.at("/circulations/0/outcome").stringValue()).isEqualTo("rejected");
        assertThat(again.at("/circulations/1/reason").stringValue()).isEqualTo("Shortened");
    }

    private String written(Actor actor, String title) {
        var made = (ContentDesk.Creation.Created) content.create(actor, new NewItem("article", "non-promotional", null, "en-GB",
                ReviewFixture.document(title, "## Dose\n\nStart with 5 mg once daily.\n\n## Follow-up\n\nMeasure potassium after two weeks.")));
        return made.item().id();
    }

    private JsonNode submitted(String title) {
        return submit(writer, written(people.writer(), title)).json();
    }

    private JsonNode certified(String title) {
        var job = submitted(title);
        verdict(medical, people.medical(), job, "medical", "approve");
        verdict(legal, people.legal(), job, "legal", "approve");
        verdict(regulatory, people.regulatory(), job, "regulatory", "approve");
        assertThat(certify(signatory, people.signatory(), job).status()).isEqualTo(201);
        return job;
    }

    private Api.Answer submit(Api api, String item) {
        return submit(api, item, 1, null);
    }

    private Api.Answer submit(Api api, String item, int revision, String reason) {
        var body = Json.object().put("market", "GB");
        if (reason != null) {
            body.put("reason", reason);
        }
        return api.post("/manage/v1/items/" + item + "/drafts/en-GB/submission", body.toString(), "If-Match", "\"r" + revision + "\"");
    }

    private Api.Answer verdict(Api api, Actor actor, JsonNode job, String discipline, String verdict) {
        return api.post("/manage/v1/jobs/" + job.path("code").stringValue() + "/verdicts", verdictBody(actor, job, discipline, verdict).toString());
    }

    private static ObjectNode verdictBody(Actor actor, JsonNode job, String discipline, String verdict) {
        var body = Json.object().put("discipline", discipline).put("verdict", verdict).put("comment", "Checked against the label.")
                .put("renditionSha256", job.at("/rendition/sha256").stringValue());
        body.putObject("signature").put("userId", actor.username()).put("password", PeopleFixture.PASSWORD);
        return body;
    }

    private Api.Answer sign(Api api, JsonNode job, String userId) {
        var body = verdictBody(people.medical(), job, "medical", "approve");
        body.set("signature", Json.tree(userId == null ? Map.of("password", PeopleFixture.PASSWORD)
                : Map.of("userId", userId, "password", PeopleFixture.PASSWORD)));
        return api.post("/manage/v1/jobs/" + job.path("code").stringValue() + "/verdicts", body.toString());
    }

    private Api.Answer certify(Api api, Actor actor, JsonNode job) {
        var body = Json.object().put("renditionSha256", job.at("/rendition/sha256").stringValue())
                .put("validUntil", Instant.now().plus(300, ChronoUnit.DAYS).toString());
        body.putObject("signature").put("userId", actor.username()).put("password", PeopleFixture.PASSWORD);
        return api.post("/manage/v1/jobs/" + job.path("code").stringValue() + "/certification", body.toString());
    }

    private Api.Answer annotate(Api api, String code, String quote, String prefix, String suffix) {
        return api.post("/manage/v1/jobs/" + code + "/annotations", Json.object().put("quote", quote).put("prefix", prefix)
                .put("suffix", suffix).put("body", "Why so?").put("required", false).toString());
    }

    private static void assertProblem(Api.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().path("code").stringValue()).isEqualTo(code);
        assertThat(answer.json().path("detail").stringValue()).isNotBlank();
    }

    private static void assertSame(Api.Answer forbidden, Api.Answer missing) {
        assertThat(forbidden.status()).isEqualTo(missing.status()).isEqualTo(404);
        assertThat(withoutPlace(forbidden)).isEqualTo(withoutPlace(missing));
    }

    private static JsonNode withoutPlace(Api.Answer answer) {
        return ((ObjectNode) answer.json()).without(List.of("traceId", "instance"));
    }

    private static List<String> codes(JsonNode page) {
        assertThat(page.has("jobs")).as(page.toString()).isTrue();
        return StreamSupport.stream(page.path("jobs").spliterator(), false).map(it -> it.path("code").stringValue()).toList();
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }
}
