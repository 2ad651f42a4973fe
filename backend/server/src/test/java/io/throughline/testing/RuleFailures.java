package io.throughline.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/// A test that fails once is run once more (`rerunFailingTestsCount`), unless it carries a rule's tag: a rule is not proved by a second
/// try. JUnit makes one of these as a listener, which hears of failures, and one as an extension, which lets the second run fail at once.
public class RuleFailures implements TestExecutionListener, BeforeEachCallback {

    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    /// Also a class whose set-up failed: none of its tests was run.
    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            FAILED.add(identifier.getUniqueId());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var rules = context.getTags().stream().filter(TraceabilityMatrix.RULE.asMatchPredicate()).sorted().toList();
        var id = context.getUniqueId();
        if (!rules.isEmpty() && FAILED.stream().anyMatch(failed -> id.equals(failed) || id.startsWith(failed + "/"))) {
            throw new AssertionError("It failed before in this run, and carries %s: what proves a rule is not tried a second time. The first failure stands above."
                    .formatted(rules));
        }
    }
}
