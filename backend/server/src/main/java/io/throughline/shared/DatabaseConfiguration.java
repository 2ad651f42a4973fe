package io.throughline.shared;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Opens the two pools. What `spring.datasource.hikari` says, the time limits, holds for both.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /// Channels are answered from memory; the database is asked for what is not there, and the next connection comes within milliseconds.
    private static final int DELIVERY_IDLE = 2;

    @Bean
    DatabasePools dataSource(DataSourceProperties database, Environment environment,
            @Value("${throughline.db.management-connections:10}") int management, @Value("${throughline.db.delivery-connections:10}") int delivery) {
        return new DatabasePools(
                pool("management", management, management, database, environment),
                pool("delivery", delivery, Math.min(DELIVERY_IDLE, delivery), database, environment));
    }

    private static HikariDataSource pool(String name, int most, int idle, DataSourceProperties database, Environment environment) {
        var pool = database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        pool.setPoolName(name);
        pool.setMaximumPoolSize(most);
        pool.setMinimumIdle(idle);
        return pool;
    }
}
