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
        context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("test-servers", Map.copyOf(TestServers.freshProperties())));
    }
}
