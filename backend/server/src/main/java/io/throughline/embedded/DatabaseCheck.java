package io.throughline.embedded;

import java.sql.DriverManager;
import java.sql.SQLException;

/// Whether the configured PostgreSQL can be used, before anything else starts.
final class DatabaseCheck {

    private static final int OLDEST = 18;

    private DatabaseCheck() {}

    static void check(ServerSettings.Database database) {
        DriverManager.setLoginTimeout(10);
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new ConfigurationRefused("The database is PostgreSQL %d.".formatted(version),
                        "Point THROUGHLINE_DB_URL to PostgreSQL %d or newer.".formatted(OLDEST));
            }
        } catch (SQLException unreachable) {
            throw new ConfigurationRefused(
                    "The database of THROUGHLINE_DB_URL can't be reached: %s".formatted(unreachable.getMessage()),
                    "Check that it runs, and that THROUGHLINE_DB_URL, THROUGHLINE_DB_USER and THROUGHLINE_DB_PASSWORD are right.",
                    unreachable);
        }
    }
}
