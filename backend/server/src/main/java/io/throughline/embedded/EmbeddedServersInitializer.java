package io.throughline.embedded;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;

/// Runs before any bean exists, so that the data source finds its database, and after every other initializer, so that
/// all configuration is known. Stops the servers after the context is closed: the last request may still need them.
@Order(Ordered.LOWEST_PRECEDENCE)
class EmbeddedServersInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        var settings = ServerSettings.of(context.getEnvironment());
        var servers = EmbeddedServers.start(settings);
        SpringApplication.getShutdownHandlers().add(servers::close);
        context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("throughline-servers", servers.properties()));
        context.registerBean(EmbeddedServers.class, () -> servers);
    }
}
