package io.throughline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaggingRuleTests {

    @Test
    void wordsOfTheTitleGiveTopicsAndTheFirstQuestionGivesNeedAndStage() {
        var tags = TaggingRule.classify("Safety of insulin versus diet in obese children", "research-article").orElseThrow();
        assertThat(tags.toString()).isEqualTo("""
                {"audience":["hcp"],"stage":["trying"],"need":["safety-tolerability"],"topic":["diabetes","diabetes.obesity","nutrition","paediatrics"]}""");
    }

    @Test
    void withoutAQuestionTheTypeDecides() {
        assertThat(TaggingRule.classify("On malaria", "editorial").orElseThrow().at("/need/0").asString()).isEqualTo("understand-condition");
        assertThat(TaggingRule.classify("On malaria", "case-report").orElseThrow().at("/need/0").asString()).isEqualTo("treatment-decision");
        assertThat(TaggingRule.classify("On malaria", "research-article").orElseThrow().at("/need/0").asString()).isEqualTo("judge-evidence");
    }

    @Test
    void aWordInsideAnotherOneIsNoTopic() {
        assertThat(TaggingRule.classify("Colours of archive glass", "research-article")).isEmpty();
        assertThat(TaggingRule.classify("Wood density of Cremonese violins", "research-article")).isEmpty();
    }
}
