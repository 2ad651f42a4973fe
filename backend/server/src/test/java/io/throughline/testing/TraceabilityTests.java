package io.throughline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.ArchTag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceabilityTests {

    /// Rules that no test proves yet; README names them too. All others are claimed to hold: losing their last test fails here.
    private static final Set<String> UNPROVEN = Set.of("EU-5", "EU-6", "GD-2", "GD-3", "GD-4", "LS-2", "RV-3", "US-4", "US-6", "US-7", "US-8");

    @Test
    void everyRuleThatIsClaimedToHoldHasATestAndEveryTagIsARule() {
        var tags = new TreeSet<String>();
        for (var type : new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages("io.throughline")) {
            Stream.concat(Stream.of(type), type.getMembers().stream()).forEach(it -> {
                it.getAnnotations().forEach(annotation -> {
                    var value = annotation.get("value");
                    if (annotation.getRawType().isEquivalentTo(Tag.class) || annotation.getRawType().isEquivalentTo(ArchTag.class)) {
                        tags.add((String) value.orElseThrow());
                    } else if (annotation.getRawType().isEquivalentTo(Tags.class)) {
                        for (var one : (Object[]) value.orElseThrow()) {
                            tags.add((String) ((com.tngtech.archunit.core.domain.JavaAnnotation<?>) one).get("value").orElseThrow());
                        }
                    }
                });
            });
        }
        var rules = TraceabilityMatrix.titles().keySet();
        assertThat(rules).as("tags are rules").containsAll(tags.stream().filter(TraceabilityMatrix.RULE.asMatchPredicate()).toList());
        assertThat(rules.stream().filter(rule -> !tags.contains(rule))).as("rules without a test").containsExactlyInAnyOrderElementsOf(UNPROVEN);
    }

    @Test
    void theReadmeSaysHowManyRulesAreProvenAndWhichAreNot() throws Exception {
        var readme = Files.readString(Path.of("..", "..", "README.md"));
        var rules = TraceabilityMatrix.titles().keySet();
        long regulation = rules.stream().filter(rule -> rule.contains("-")).count();
        long proven = regulation - UNPROVEN.stream().filter(rule -> rule.contains("-")).count();
        long security = rules.size() - regulation;
        long secured = security - UNPROVEN.stream().filter(rule -> !rule.contains("-")).count();
        assertThat(readme).contains("%d of the %d rules from regulation".formatted(proven, regulation), "%d of the %d classes of attack".formatted(secured, security));
        var sentence = readme.lines().filter(line -> line.startsWith("Not proven yet:")).findFirst().orElseThrow();
        assertThat(TraceabilityMatrix.RULE.matcher(sentence).results().map(java.util.regex.MatchResult::group)).containsExactlyInAnyOrderElementsOf(UNPROVEN);
    }

    @Test
    void aLaterRunReplacesWhatItRanAndKeepsTheRest(@TempDir Path folder) throws Exception {
        var here = TraceabilityTests.class.getName();
        var one = new TraceabilityMatrix.Test(here + "#one", List.of("P11-10", "UK-2"));
        var two = new TraceabilityMatrix.Test(here + "#two", List.of("P11-2"));
        TraceabilityMatrix.read(folder).with(Map.of(one, TraceabilityMatrix.Result.FAILED, two, TraceabilityMatrix.Result.SKIPPED,
                new TraceabilityMatrix.Test("io.throughline.Gone#x", List.of("S4")), TraceabilityMatrix.Result.PASSED)).write(folder);
        TraceabilityMatrix.read(folder).with(Map.of(one, TraceabilityMatrix.Result.PASSED)).write(folder);
        assertThat(Files.readString(folder.resolve("traceability.md"))).contains("| P11-10 | nobody signs as somebody else (11.200(a)(3)) | passed | TraceabilityTests.one |",
                "| skipped | TraceabilityTests.two (skipped) |", "| S39 | supply chain | no test |  |", "| S4 | unknown parameters | no test |")
                .containsSubsequence("| P11-2 |", "| P11-10 |");
    }
}
