package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.content.BlockChange.Kind;
import io.throughline.content.BlockChange.Op;
import io.throughline.content.BlockChange.WordOp;
import io.throughline.shared.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Tag("RV-4")
class BlocksTests {

    @Test
    void aDocumentFallsIntoFieldsParagraphsAndListEntriesUnderTheirHeadings() {
        var document = Json.object().put("title", "T").put("body", "Intro.\n\n# Methods\n\nDone.\n\n## Dose\n\n- one\n- two\n\n# Results\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        document.putObject("classification").putArray("need").add("dosing").add("monitor-adjust");
        assertThat(Blocks.of(document, Map.of())).extracting(Block::field, Block::heading, Block::text).containsExactly(
                tuple("title", null, "T"), tuple("body", null, "Intro."), tuple("body", null, "Methods"), tuple("body", "Methods", "Done."),
                tuple("body", "Methods", "Dose"), tuple("body", "Methods › Dose", "one"), tuple("body", "Methods › Dose", "two"),
                tuple("body", null, "Results"), tuple("body", "Results", "a\tb\n1\t2"), tuple("classification.need", null, "dosing, monitor-adjust"));
    }

    @Test
    void anUnchangedDocumentHasOnlyUnchangedBlocks() {
        var document = body("One.\n\nTwo.");
        assertThat(Blocks.diff(document, document)).extracting(BlockChange::kind).containsOnly(Kind.UNCHANGED).hasSize(3);
    }

    @Test
    void aChangedParagraphIsShownWordByWord() {
        var changes = Blocks.diff(body("Start with 24 mg twice daily."), body("Start with 48 mg once daily."));
        assertThat(changes).extracting(BlockChange::kind).containsExactly(Kind.UNCHANGED, Kind.CHANGED);
        assertThat(changes.get(1).words()).containsExactly(new WordOp(Op.SAME, "Start with "), new WordOp(Op.DEL, "24"), new WordOp(Op.INS, "48"),
                new WordOp(Op.SAME, " mg "), new WordOp(Op.DEL, "twice"), new WordOp(Op.INS, "once"), new WordOp(Op.SAME, " daily."));
    }

    @Test
    void paragraphsComeAndGoWhereTheyStand() {
        var changes = Blocks.diff(body("Alpha is first.\n\nBravo follows behind.\n\nCharlie ends."), body("Alpha is first.\n\nCharlie ends.\n\nDelta was never there."));
        assertThat(changes).extracting(BlockChange::kind, it -> it.words().getFirst().text()).containsExactly(
                tuple(Kind.UNCHANGED, "T"), tuple(Kind.UNCHANGED, "Alpha is first."), tuple(Kind.REMOVED, "Bravo follows behind."),
                tuple(Kind.UNCHANGED, "Charlie ends."), tuple(Kind.ADDED, "Delta was never there."));
    }

    @Test
    void whatHasLittleInCommonIsRemovedAndAdded() {
        var changes = Blocks.diff(body("Measure potassium before the first dose."), body("Kidneys matter too!"));
        assertThat(changes).extracting(BlockChange::kind).containsExactly(Kind.UNCHANGED, Kind.ADDED, Kind.REMOVED);
    }

    @Test
    void aSingleFieldIsChangedHoweverDifferentItsValueIs() {
        var changes = Blocks.diff(Json.object().put("title", "Alpha"), Json.object().put("title", "Bravo"));
        assertThat(changes).extracting(BlockChange::kind).containsExactly(Kind.CHANGED);
    }

    @Test
    void otherMarksOnTheSameWordsAreAChange() {
        var changes = Blocks.diff(body("Take it daily."), body("Take it **daily**."));
        assertThat(changes.get(1).kind()).isEqualTo(Kind.CHANGED);
        assertThat(changes.get(1).words()).contains(new WordOp(Op.INS, "**"));
    }

    @Test
    void keptAndInsertedWordsGiveTheNewTextAndKeptAndDeletedOnesTheOld() {
        var random = new Random(7);
        var words = List.of("dose", "of", "the", "24", "mg", ",", "twice", "a", "day", "–", "1.5 %", "\n", "¿", "𝔘");
        for (int i = 0; i < 500; i++) {
            var before = text(random, words);
            var after = text(random, words);
            var ops = Blocks.words(before, after);
            assertThat(joined(ops, Op.DEL)).isEqualTo(after);
            assertThat(joined(ops, Op.INS)).isEqualTo(before);
        }
    }

    @Test
    @Tag("S31")
    @Timeout(20)
    void twoLongDocumentsWithNothingInCommonAreComparedInBoundedTime() {
        var random = new Random(1);
        var before = new StringBuilder();
        var after = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            before.append("word").append(random.nextInt()).append(" here.\n\n");
            after.append("term").append(random.nextInt()).append(" there.\n\n");
        }
        assertThat(Blocks.diff(body(before.toString()), body(after.toString()))).isNotEmpty();
        assertThat(Blocks.words("a ".repeat(500_000), "b ".repeat(500_000))).hasSize(2);
    }

    private static ObjectNode body(String markdown) {
        return Json.object().put("title", "T").put("body", markdown);
    }

    private static String joined(List<WordOp> ops, Op without) {
        return ops.stream().filter(it -> it.op() != without).map(WordOp::text).collect(Collectors.joining());
    }

    private static String text(Random random, List<String> words) {
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(words.get(random.nextInt(words.size()))).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }
}
