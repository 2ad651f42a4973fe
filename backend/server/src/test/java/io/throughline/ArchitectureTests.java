package io.throughline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import com.tngtech.archunit.core.domain.JavaClasses;

@AnalyzeClasses(packages = "io.throughline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    @ArchTag("S16")
    static final ArchRule noExpressionLanguageEverEvaluatesAnything = noClasses().should().dependOnClassesThat().resideInAnyPackage(
            "org.springframework.expression..", "ognl..", "org.mvel2..", "javax.script..", "jakarta.el..", "groovy..", "org.codehaus.groovy..",
            "org.graalvm.polyglot..", "org.thymeleaf..", "freemarker..", "org.apache.velocity..", "org.apache.commons.jexl3..");

    @ArchTest
    @ArchTag("S16")
    static final ArchRule noValueExpressionsInAnnotations =
            noFields().should().beAnnotatedWith("org.springframework.beans.factory.annotation.Value");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses().that().doNotHaveFullyQualifiedName("io.throughline.shared.Ids")
            .should().callMethod(java.time.Instant.class, "now").orShould().callMethod(java.time.LocalDate.class, "now")
            .orShould().callMethod(java.time.LocalDateTime.class, "now").orShould().callMethod(java.time.OffsetDateTime.class, "now")
            .orShould().callMethod(java.time.ZonedDateTime.class, "now");

    /// Audit entries are written before the commit: a listener of that phase might record after they were.
    @ArchTest
    static final ArchRule nothingListensJustBeforeTheCommit = noMethods().should().beAnnotatedWith(
            com.tngtech.archunit.base.DescribedPredicate.describe("@TransactionalEventListener(BEFORE_COMMIT)",
                    annotation -> annotation.getRawType().getSimpleName().equals("TransactionalEventListener")
                            && String.valueOf(annotation.getProperties().get("phase")).contains("BEFORE_COMMIT")));

    private static final Pattern JOINED_SQL = Pattern.compile(
            "\\.(sql|query|update|queryForObject|queryForList|execute|batchUpdate|prepareStatement)\\(\\s*(\"[^\"\\n]*\"\\s*\\+|\"\"\"(?:(?!\"\"\").)*\"\"\"\\s*(\\+|\\.formatted|\\.replace)|String\\.format|[a-z]\\w*\\s*\\+\\s*\")",
            Pattern.DOTALL);

    /// A constant column list is our own text, as the rest of the statement is.
    private static final Pattern CONSTANT_PIECE = Pattern.compile("\\+\\s*[A-Z][A-Z0-9_]*\\b(?:\\s*\\+)?|\\b[A-Z][A-Z0-9_]*\\s*\\+");

    @ArchTest
    @ArchTag("S14")
    static void noSqlIsPutTogetherFromPieces(JavaClasses ignored) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                // starting the embedded servers has no input from outside
                if (!file.toString().contains("/embedded/") && JOINED_SQL.matcher(CONSTANT_PIECE.matcher(Files.readString(file)).replaceAll("")).find()) {
                    found.add(file.toString());
                }
            }
        }
        assertThat(found).as("files that put SQL together").isEmpty();
    }
}
