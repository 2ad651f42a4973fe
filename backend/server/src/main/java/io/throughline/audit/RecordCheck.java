package io.throughline.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Looks at every row of a kind: does a hash fit what it is taken over, does a signature fit what was signed.
///
/// @param kind  whose rows
/// @param sql   selects all of them, one after the other, with their `id`; it is read row by row, so it must not sort or group a table
/// @param judge says what is wrong with a row
public record RecordCheck(String kind, String sql, Judge judge) {

    @FunctionalInterface
    public interface Judge {
        /// A sentence, or null when the row is right.
        @Nullable String differs(ResultSet row) throws SQLException;
    }

    /// The statement itself says `what` is wrong, null when nothing is.
    public static RecordCheck bySql(String kind, String sql) {
        return new RecordCheck(kind, sql, row -> row.getString("what"));
    }
}
