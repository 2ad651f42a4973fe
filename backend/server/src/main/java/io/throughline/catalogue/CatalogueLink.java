package io.throughline.catalogue;

import io.throughline.shared.DatabasePools;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
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

    private final DataSourceProperties database;
    private final DatabasePools pools;

    CatalogueLink(DataSourceProperties database, DatabasePools pools) {
        this.database = database;
        this.pools = pools;
    }

    Connection open() throws SQLException {
        var properties = new Properties();
        putIfThere(properties, "user", database.determineUsername());
        putIfThere(properties, "password", database.determinePassword());
        properties.put("connectTimeout", Integer.toString(SECONDS));
        properties.put("socketTimeout", Integer.toString(SECONDS));
        properties.put("ApplicationName", "throughline catalogue clock");
        return DriverManager.getConnection(database.determineUrl(), properties);
    }

    /// Reads what may take the database longer than a second to begin with; the node serves nothing meanwhile.
    void patient(Connection connection, Reading reading) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, PATIENT_SECONDS * 1_000);
        reading.run();
        connection.setNetworkTimeout(Runnable::run, SECONDS * 1_000);
    }

    /// After the database was away.
    void renewPools() {
        pools.renew();
    }

    private static void putIfThere(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
