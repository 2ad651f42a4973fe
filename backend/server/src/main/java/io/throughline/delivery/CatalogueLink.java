package io.throughline.delivery;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/// The clock's own connection to PostgreSQL. Not one of the pool: requests that hang on a lost database hold all of those, and
/// whoever waits behind them learns nothing. A database that is silent for a second is lost here.
@Component
class CatalogueLink {

    private static final int SECONDS = 1;
    private static final int PATIENT_SECONDS = 30;

    interface Reading {
        void run() throws SQLException;
    }

    private final JdbcConnectionDetails database;
    private final DataSource pool;

    CatalogueLink(JdbcConnectionDetails database, DataSource pool) {
        this.database = database;
        this.pool = pool;
    }

    Connection open() throws SQLException {
        var properties = new Properties();
        putIfThere(properties, "user", database.getUsername());
        putIfThere(properties, "password", database.getPassword());
        properties.put("connectTimeout", Integer.toString(SECONDS));
        properties.put("socketTimeout", Integer.toString(SECONDS));
        properties.put("ApplicationName", "throughline catalogue clock");
        return DriverManager.getConnection(database.getJdbcUrl(), properties);
    }

    /// Reads what may take the database longer than a second to begin with; the node serves nothing meanwhile.
    void patient(Connection connection, Reading reading) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, PATIENT_SECONDS * 1_000);
        reading.run();
        connection.setNetworkTimeout(Runnable::run, SECONDS * 1_000);
    }

    /// After the database was away: what the pool holds may be lost without knowing it, and each would be found out by a request.
    void renewPool() throws SQLException {
        if (pool.isWrapperFor(HikariDataSource.class)) {
            var beans = pool.unwrap(HikariDataSource.class).getHikariPoolMXBean();
            if (beans != null) {
                beans.softEvictConnections();
            }
        }
    }

    private static void putIfThere(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
