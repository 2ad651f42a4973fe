package io.throughline.review;

import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// From when (inclusive) until when (exclusive) an approval holds, UTC.
record ApprovalWindow(Instant from, Instant until) {

    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK).withZone(ZoneOffset.UTC);

    ApprovalWindow {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("an approval ends after it starts");
        }
    }

    /// Sealed so that a window that breaks UK-4 never exists as one.
    sealed interface Result {
        record Fits(ApprovalWindow window) implements Result {}

        record Wrong(List<Finding> findings) implements Result {}
    }

    /// @param from null: now
    static Result of(@Nullable Instant from, Instant until, Instant now, MarketRules rules) {
        var start = from == null ? now : from;
        var latest = rules.latestEnd(now);
        var findings = new ArrayList<Finding>();
        if (start.isBefore(now)) {
            findings.add(finding("window-in-the-past", "/validFrom", null,
                    "An approval can't start before it is certified. Leave the start empty to start now."));
        }
        if (!until.isAfter(start)) {
            findings.add(finding("window-empty", "/validUntil", null, "The approval must end after it starts."));
        }
        if (until.isAfter(latest)) {
            findings.add(finding("window-too-long", "/validUntil", "UK-4",
                    "An approval for %s lasts %d months at most: choose a date up to %s."
                            .formatted(rules.market(), rules.approvalMaxMonths(), DATE.format(latest))));
        }
        return findings.isEmpty() ? new Result.Fits(new ApprovalWindow(start, until)) : new Result.Wrong(findings);
    }

    private static Finding finding(String code, String path, @Nullable String rule, String message) {
        return new Finding(code, Severity.BLOCK, path, message, rule);
    }
}
