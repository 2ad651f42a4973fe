package io.throughline.review;

import static io.throughline.review.ReviewFixture.done;
import static io.throughline.review.ReviewFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.ContentDesk;
import io.throughline.content.ContentDesk.Starting;
import io.throughline.identity.SigningSession;
import io.throughline.review.ReviewRefusal.AuthorMayNotCertify;
import io.throughline.review.ReviewRefusal.NotAllowed;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.testing.IntegrationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// Who developed a text, over the locales of an item (UK-2).
@IntegrationTest
@Import({ReviewFixture.class, ReviewDeskTests.Heard.class})
@Tag("UK-2")
class DeveloperTests {

    @Autowired ReviewDesk desk;
    @Autowired ReviewFixture reviews;
    @Autowired ContentDesk content;
    @Autowired JobList list;
    @Autowired JobViews views;
    @Autowired JdbcClient jdbc;

    Actor english;
    Actor translator;

    @BeforeEach
    void people() {
        reviews.people();
        english = reviews.person("r.english", "GMC 7099883", Role.WRITER, Role.SIGNATORY, Role.MEDICAL_REVIEWER);
        translator = reviews.person("r.translator", "GMC 7099884", Role.WRITER, Role.SIGNATORY);
    }

    @Test
    void whoeverWroteTheEnglishTextNeitherReviewsNorCertifiesTheGermanOneStartedFromIt() {
        var item = reviews.written(english, "Original");
        translated(item, "de-DE", translator);
        var job = done(desk.submit(reviews.mara(), item, "de-DE", 2, "DE", null, null, null));

        assertThat(refused(reviews.verdict(english, job, Discipline.MEDICAL, Verdict.APPROVE))).isInstanceOf(NotAllowed.class);
        approve(job);
        assertThat(refused(reviews.certify(english, job))).isInstanceOf(AuthorMayNotCertify.class);
        assertThat(refused(reviews.certify(translator, job))).isInstanceOf(AuthorMayNotCertify.class);
        done(reviews.certify(reviews.okonjo(), job));
    }

    @Test
    void aTranslatorCertifiesTheOriginal() {
        var item = reviews.written(english, "Original of a translation");
        translated(item, "de-DE", translator);
        var job = done(reviews.submit(reviews.mara(), item, 1, null));
        approve(job);
        done(reviews.certify(translator, job));
    }

    @Test
    void aTextDerivesOverSeveralStepsAndFromAVersionToo() {
        var item = reviews.written(english, "Chain");
        done(reviews.submit(reviews.mara(), item, 1, null)); // the English draft is a version now
        translated(item, "de-DE", translator);               // the German one starts from that version
        translated(item, "de-CH", reviews.mara());           // and the Swiss one from the German draft
        assertThat(developers(item, "de-CH")).containsExactlyInAnyOrder(english.id(), translator.id(), reviews.mara().id());
        assertThat(developers(item, "de-DE")).containsExactlyInAnyOrder(english.id(), translator.id());
        assertThat(developers(item, "en-GB")).containsExactly(english.id());
    }

    @Test
    void aTextOfUnknownOriginMayDeriveFromEveryOtherLocale() {
        var item = reviews.written(english, "From before origins were kept");
        jdbc.sql("insert into content_contributor (item_id, locale, person_id, since) values (:item, 'fr-FR', :person, now())")
                .param("item", item).param("person", translator.id()).update();
        assertThat(developers(item, "fr-FR")).containsExactlyInAnyOrder(english.id(), translator.id());
        assertThat(developers(item, "en-GB")).containsExactly(english.id());
    }

    @Test
    void theListOffersExactlyWhatTheRoomAllows() {
        var everything = reviews.person("r.everything.developer", "GMC 7099885", Role.WRITER, Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.LEGAL_REVIEWER,
                Role.REGULATORY_REVIEWER);
        var unregistered = reviews.person("r.unlisted.developer", null, Role.SIGNATORY, Role.LEGAL_REVIEWER);
        var codes = new ArrayList<String>();
        for (var writer : List.of(reviews.mara(), english, everything)) {
            codes.add(done(reviews.submit(writer, reviews.written(writer, "Fresh"), 1, null)).code());
            var begun = done(reviews.submit(reviews.mara(), reviews.written(writer, "Begun"), 1, null));
            reviews.verdict(everything, begun, Discipline.MEDICAL, Verdict.APPROVE);
            codes.add(begun.code());
            var ready = done(reviews.submit(reviews.mara(), reviews.written(writer, "Ready"), 1, null));
            approve(ready);
            codes.add(ready.code());
            var item = reviews.written(writer, "Translated");
            translated(item, "de-DE", translator);
            var german = done(desk.submit(reviews.mara(), item, "de-DE", 2, "DE", null, null, null));
            approve(german);
            codes.add(german.code());
        }
        var judged = done(reviews.submit(reviews.mara(), reviews.written(reviews.mara(), "Judged by the one who could certify"), 1, null));
        done(reviews.verdict(everything, judged, Discipline.MEDICAL, Verdict.APPROVE));
        done(reviews.verdict(unregistered, judged, Discipline.LEGAL, Verdict.APPROVE));
        done(reviews.verdict(judged, Discipline.REGULATORY, Verdict.APPROVE));
        codes.add(judged.code());

        for (var person : List.of(reviews.mara(), reviews.amari(), reviews.okonjo(), english, translator, everything, unregistered)) {
            var mine = all(person, true);
            var rows = all(person, false);
            for (var code : codes) {
                var may = views.find(person, code, SigningSession.batch()).orElseThrow().may();
                var allowed = new ArrayList<>(may.verdicts().stream().map(Discipline::code).toList());
                if (may.certify()) {
                    allowed.add("certification");
                }
                var row = rows.stream().filter(it -> it.code().equals(code)).findFirst().orElseThrow();
                assertThat(row.waitingForMe()).as("%s, %s", person.username(), code).containsExactlyElementsOf(allowed);
                assertThat(mine.stream().anyMatch(it -> it.code().equals(code))).as("%s, %s", person.username(), code).isEqualTo(!allowed.isEmpty());
            }
        }
    }

    private List<JobRow> all(Actor person, boolean mine) {
        var found = new ArrayList<JobRow>();
        String after = null;
        do {
            var page = list.list(person, new JobFilter(Set.of(), null, mine, Set.of()), 100, after);
            found.addAll(page.items());
            after = page.nextCursor();
        } while (after != null);
        return found;
    }

    private void translated(String item, String locale, Actor by) {
        assertThat(content.startDraft(by, item, locale, null)).isInstanceOf(Starting.Started.class);
        assertThat(content.saveDraft(by, item, locale, 1, german())).isInstanceOf(ContentDesk.Saving.Saved.class);
    }

    private static ObjectNode german() {
        return ReviewFixture.document("Dosierung im Überblick", "## Dosis\n\nDie Behandlung beginnt mit 5 mg einmal am Tag und wird nach zwei Wochen geprüft.")
                .put("summary", "Was über die Dosierung bekannt ist.");
    }

    private void approve(ReviewJob job) {
        for (var discipline : Discipline.values()) {
            done(reviews.verdict(job, discipline, Verdict.APPROVE));
        }
    }

    private Set<String> developers(String item, String locale) {
        return jdbc.sql("select content_developers(:item, :locale)").param("item", item).param("locale", locale).query(String.class).set();
    }
}
