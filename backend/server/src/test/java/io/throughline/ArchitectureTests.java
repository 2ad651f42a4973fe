package io.throughline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

@AnalyzeClasses(packages = "io.throughline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    @ArchTag("S16")
    static final ArchRule noExpressionLanguageEverEvaluatesAnything = noClasses().should().dependOnClassesThat().resideInAnyPackage(
            "org.springframework.expression..", "ognl..", "org.mvel2..", "javax.script..", "jakarta.el..", "groovy..", "org.codehaus.groovy..",
            "org.graalvm.polyglot..", "org.thymeleaf..", "freemarker..", "org.apache.velocity..", "org.apache.commons.jexl3..");

    /// Settings are looked up (`${…}`); nothing in an annotation is evaluated (`#{…}`, a condition, a key, a permission).
    @ArchTest
    @ArchTag("S16")
    static final ArchRule noAnnotationHoldsAnExpression = classes().should(new ArchCondition<>("hold no expression in an annotation") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            var members = Stream.concat(type.getMembers().stream(), type.getCodeUnits().stream().flatMap(it -> it.getParameters().stream()));
            Stream.concat(Stream.of(type), members).flatMap(it -> it.getAnnotations().stream()).filter(ArchitectureTests::isEvaluated)
                    .forEach(it -> events.add(SimpleConditionEvent.violated(type, "%s has %s".formatted(type.getName(), it.getDescription()))));
        }
    });

    private static boolean isEvaluated(JavaAnnotation<?> annotation) {
        var spring = annotation.getRawType().getName();
        return annotation.getProperties().values().stream().anyMatch(ArchitectureTests::holdsAnExpression)
                || spring.startsWith("org.springframework.cache.") || spring.startsWith("org.springframework.security.access.prepost.")
                || spring.endsWith("ConditionalOnExpression")
                || spring.endsWith("EventListener") && annotation.get("condition").filter(it -> !it.equals("")).isPresent();
    }

    private static boolean holdsAnExpression(Object value) {
        return value instanceof Object[] several ? Stream.of(several).anyMatch(ArchitectureTests::holdsAnExpression) : value instanceof String text && text.contains("#{");
    }

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses().that().doNotHaveFullyQualifiedName("io.throughline.shared.Ids")
            .should().callMethod(java.time.Instant.class, "now").orShould().callMethod(java.time.LocalDate.class, "now")
            .orShould().callMethod(java.time.LocalDateTime.class, "now").orShould().callMethod(java.time.OffsetDateTime.class, "now")
            .orShould().callMethod(java.time.ZonedDateTime.class, "now");

    /// Audit entries are written before the commit: a listener of that phase might record after they were.
    @ArchTest
    static final ArchRule nothingListensJustBeforeTheCommit = noMethods().should().beAnnotatedWith(
            DescribedPredicate.describe("@TransactionalEventListener(BEFORE_COMMIT)",
                    annotation -> annotation.getRawType().getSimpleName().equals("TransactionalEventListener")
                            && String.valueOf(annotation.getProperties().get("phase")).contains("BEFORE_COMMIT")));

    @Test
    void theRulesFindWhatTheyForbid() {
        var broken = new ClassFileImporter().importClasses(Broken.class);
        for (var rule : List.of(noExpressionLanguageEverEvaluatesAnything, noAnnotationHoldsAnExpression, timeComesFromTheClock, nothingListensJustBeforeTheCommit)) {
            assertThat(rule.evaluate(broken).hasViolation()).as(rule.getDescription()).isTrue();
        }
        var annotated = noAnnotationHoldsAnExpression.evaluate(broken).getFailureReport().getDetails();
        assertThat(annotated).hasSize(3);
    }

    /// Forbidden in every way.
    private static final class Broken {

        @Value("#{systemProperties['user.home']}")
        @Nullable String home;

        Broken(@Value("#{1 + 1}") int two, @Value("${throughline.proxies:}") String allowed) {
            home = new SpelExpressionParser().parseExpression(allowed + two).getValue(String.class);
        }

        @EventListener(condition = "#root.args[0] != null")
        Instant now() {
            return Instant.now();
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void beforeCommit() {}
    }

    /// Statements that hold names of tables, sequences and databases, which can't be parameters, or a number of ours; none of it comes from a request.
    private static final Set<String> OWN_NAMES = Set.of("KindSql.", "AuditedKinds.migrate:", "AuditedKinds.recordRows:", "KeySequences.migrate:",
            "PostgresServer.createDatabase:", "SecurityConfiguration.lambda$sessionsNotTouchedTwice");

    @Test
    @Tag("S14")
    void noSqlIsPutTogetherFromPieces() throws IOException {
        assertThat(SqlText.findings(Path.of("target/classes/io/throughline")).stream()
                .filter(it -> OWN_NAMES.stream().noneMatch(it::startsWith))).isEmpty();
    }

    @Test
    void sqlThatIsPutTogetherIsFoundInEveryForm() throws IOException {
        try (var compiled = JoinedSql.class.getResourceAsStream("ArchitectureTests$JoinedSql.class")) {
            var found = SqlText.findings(compiled.readAllBytes());
            for (var way : List.of("joined", "formatted", "replaced", "either", "local", "built", "handedOn", "prepared")) {
                assertThat(found).as(way).anyMatch(it -> it.startsWith("ArchitectureTests$JoinedSql." + way + ":"));
            }
            assertThat(found).noneMatch(it -> it.contains(".constant:") || it.contains(".given:"));
        }
    }

    /// Ways to put SQL together, and two that are none.
    private record JoinedSql(JdbcClient jdbc) {

        private static final String SELECT = "select id from content_item ";

        Object joined(String where) {
            return jdbc.sql(SELECT + where);
        }

        Object formatted(String column) {
            return jdbc.sql("""
                    select %s from content_item
                    """.formatted(column));
        }

        Object replaced(String column) {
            return jdbc.sql("select COLUMN from content_item".replace("COLUMN", column));
        }

        Object either(boolean one, String where) {
            return jdbc.sql(one ? SELECT + where : SELECT);
        }

        Object local(String where) {
            var statement = SELECT + where;
            return jdbc.sql(statement);
        }

        Object built(String where) {
            return jdbc.sql(new StringBuilder(SELECT).append(where).toString());
        }

        Object handedOn(String where) {
            return given(SELECT + " where id = '" + where + "'");
        }

        Object prepared(Connection connection, String where) throws SQLException {
            return connection.prepareStatement(SELECT + where);
        }

        private Object given(String statement) {
            return jdbc.sql(statement);
        }

        Object constant(boolean one) {
            return jdbc.sql(one ? SELECT + " where id = :id" : SELECT);
        }
    }
}
