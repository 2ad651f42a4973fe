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

    /// What is claimed to hold already.
    private static final Set<String> CLAIMED = Set.of("P11-1", "P11-2", "P11-3", "P11-5", "P11-6", "P11-7", "P11-9", "UK-1", "UK-2", "UK-7", "US-2",
            "EU-2", "RV-7", "S4", "S5", "S10", "S12", "S13", "S14", "S16", "S20", "S21", "S22", "S33");

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
        assertThat(tags).containsAll(CLAIMED);
        assertThat(TraceabilityMatrix.titles().keySet()).containsAll(tags.stream().filter(TraceabilityMatrix.RULE.asMatchPredicate()).toList());
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
