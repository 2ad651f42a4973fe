package io.throughline.testing;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;

/// Points a Spring context to [TestServers]; also of use beside `@ApplicationModuleTest`.
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TestServersInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(new MapPropertySource("test-servers", Map.copyOf(TestServers.freshProperties())));
        // tests play clients from many addresses behind a proxy; a class may name another one
        sources.addLast(new MapPropertySource("test-proxies", Map.of("throughline.proxies", "127.0.0.1, ::1")));
    }
}
