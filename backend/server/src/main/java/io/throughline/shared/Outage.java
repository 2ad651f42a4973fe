package io.throughline.shared;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// Failures that are nobody's mistake: a full disk, a database that has no connection left. They have names of their own, so that whoever asked knows
/// that nothing was kept and when to ask again. The one home of telling them apart.
public final class Outage {

    /// `disk_full` of PostgreSQL.
    private static final String DISK_FULL = "53100";
    private static final String NO_SPACE = "No space left on device";
    private static final String QUOTA = "Disk quota exceeded";

    private Outage() {}

    /// The problem that a failure is; null when it is none of these.
    public static @Nullable ProblemException name(@Nullable Throwable failure) {
        if (isStorageFull(failure)) {
            return Problem.STORAGE_FULL.because("The server's disk is full, so nothing of this was kept or done. Tell your administrator, and repeat it when there is "
                    + "room again. What was published before is still served.").withHeader("Retry-After", "60");
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return Problem.BUSY.because("All connections to the database are in use at the moment. Nothing of this was done; try again in a few seconds.")
                        .withHeader("Retry-After", "3");
            }
        }
        return null;
    }

    /// Whether a write failed because a disk is full: the database's, or the node's own.
    public static boolean isStorageFull(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return true;
            }
            if (cause instanceof IOException && cause.getMessage() != null && (cause.getMessage().contains(NO_SPACE) || cause.getMessage().contains(QUOTA))) {
                return true;
            }
        }
        return false;
    }
}
