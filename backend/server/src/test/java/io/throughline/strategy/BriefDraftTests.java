package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BriefDraftTests {

    @Test
    void theSkeletonHasTheKeyMessagesTheClaimsAndTheModules() {
        var document = BriefDraft.of(brief(List.of("Check blood pressure first", "Go slow"), List.of("itm_a"), List.of("itm_m")),
                Set.of("title", "body", "claims"), List.of("MOD-3"));

        assertThat(document.path("title").asString()).isEqualTo("Titration");
        assertThat(document.path("body").asString()).isEqualTo("## Check blood pressure first\n\n## Go slow\n\n:claim[itm_a]\n\nApproved modules to use: MOD-3.");
        assertThat(document.path("claims").get(0).asString()).isEqualTo("itm_a");
        assertThat(document.path("classification").path("stage").get(0).asString()).isEqualTo("trying");
        assertThat(document.has("question")).isFalse();
        assertThat(document.has("steps")).isFalse();
    }

    @Test
    void onlyFieldsOfTheTypeAreFilled() {
        var claim = BriefDraft.of(brief(List.of("Fewer admissions"), List.of("itm_a"), List.of()), Set.of("title", "text"), List.of());
        assertThat(claim.path("text").asString()).isEqualTo("Fewer admissions");
        assertThat(claim.has("claims")).isFalse();
        var playbook = BriefDraft.of(brief(List.of(), List.of(), List.of("itm_m")), Set.of("title", "body", "steps", "claims"), List.of("MOD-3"));
        assertThat(playbook.path("steps").get(0).path("item").asString()).isEqualTo("itm_m");
        assertThat(playbook.has("claims")).isFalse();
    }

    @Test
    @Tag("S17")
    @Tag("S21")
    void aKeyMessageIsPlainText() {
        assertThat(BriefDraft.literal("<b>*now*</b> [x](javascript:1) :claim[itm_a] # ${7*7}"))
                .isEqualTo("\\<b\\>\\*now\\*\\</b\\> \\[x\\](javascript:1) :claim\\[itm\\_a\\] \\# ${7\\*7}");
        assertThat(BriefDraft.literal("95 % of patients")).isEqualTo("95 % of patients");
    }

    private static Brief brief(List<String> messages, List<String> claims, List<String> modules) {
        return new Brief("brf_1", "Titration", "str_1", 1, "obj_1", "Objective", "hcp", "trying", "dosing", null, "GB", messages, claims, modules,
                LocalDate.of(2027, 1, 1), "per_1", BriefState.OPEN, 1, null, null, "per_2", Instant.EPOCH, Instant.EPOCH);
    }
}
