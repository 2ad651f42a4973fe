package io.throughline.shared;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.datasource.AbstractDataSource;

/// The application's one [javax.sql.DataSource]: hands out connections of the pool that the thread's work belongs to. One data source
/// for both, so that there is one manager of transactions and no repository has to know.
public final class DatabasePools extends AbstractDataSource implements AutoCloseable {

    private final Map<DatabasePool, HikariDataSource> pools = new EnumMap<>(DatabasePool.class);

    DatabasePools(HikariDataSource management, HikariDataSource delivery) {
        pools.put(DatabasePool.MANAGEMENT, management);
        pools.put(DatabasePool.DELIVERY, delivery);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool(DatabasePool.current()).getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return pool(DatabasePool.current()).getConnection(username, password);
    }

    private HikariDataSource pool(DatabasePool which) {
        var pool = pools.get(which);
        if (pool == null) {
            throw new IllegalStateException("there is no pool " + which);
        }
        return pool;
    }

    /// After the database was away: what the pools hold may be lost without knowing it, and each would be found out by a request.
    public void renew() {
        pools.values().forEach(pool -> {
            var beans = pool.getHikariPoolMXBean();
            if (beans != null) {
                beans.softEvictConnections();
            }
        });
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
