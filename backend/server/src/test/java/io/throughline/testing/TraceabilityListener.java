package io.throughline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes `target/traceability.md` and `.json` when a run ends: which rule is proved by which tests, and with what result.
/// A later run (failsafe after surefire, or one class alone) replaces the results of the tests that it ran and keeps the others.
public class TraceabilityListener implements TestExecutionListener {

    private final Map<TraceabilityMatrix.Test, TraceabilityMatrix.Result> results = new ConcurrentHashMap<>();
    private volatile TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        if (identifier.isTest()) {
            add(identifier, TraceabilityMatrix.Result.SKIPPED);
        }
        plan.getChildren(identifier).forEach(child -> executionSkipped(child, reason));
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (identifier.isTest()) {
            add(identifier, switch (result.getStatus()) {
                case SUCCESSFUL -> TraceabilityMatrix.Result.PASSED;
                case ABORTED -> TraceabilityMatrix.Result.SKIPPED;
                case FAILED -> TraceabilityMatrix.Result.FAILED;
            });
        } else if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            // a class whose set-up failed has run none of its tests
            plan.getDescendants(identifier).stream().filter(TestIdentifier::isTest).forEach(it -> add(it, result.getStatus() == TestExecutionResult.Status.ABORTED
                    ? TraceabilityMatrix.Result.SKIPPED : TraceabilityMatrix.Result.FAILED));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (results.isEmpty()) {
            return;
        }
        try {
            TraceabilityMatrix.read(Path.of("target")).with(results).write(Path.of("target"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Invocations of one parameterised test count as one: it passed when all of them did.
    private void add(TestIdentifier identifier, TraceabilityMatrix.Result result) {
        var rules = identifier.getTags().stream().map(tag -> tag.getName()).filter(TraceabilityMatrix.RULE.asMatchPredicate()).sorted().toList();
        if (!rules.isEmpty()) {
            results.merge(new TraceabilityMatrix.Test(name(identifier), rules), result, TraceabilityMatrix.Result::worse);
        }
    }

    private String name(TestIdentifier identifier) {
        TestSource source = identifier.getSource().orElse(null);
        return switch (source) {
            case MethodSource method -> method.getClassName() + "#" + method.getMethodName();
            case ClassSource type -> type.getClassName() + "#" + identifier.getDisplayName();
            case null, default -> plan.getParent(identifier).map(TestIdentifier::getDisplayName).orElse("") + "#" + identifier.getDisplayName();
        };
    }
}
