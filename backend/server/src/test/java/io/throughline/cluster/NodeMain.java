package io.throughline.cluster;

import io.throughline.ThroughlineApplication;
import io.throughline.shared.Step;
import io.throughline.shared.StepListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/// The server as it is shipped, and a trap on its steps that dies as from `kill -9`.
///
/// Standard input sets the trap (`halt STEP 2`: at the second time from now) and ends the process when it ends, so that no
/// node outlives its test.
public final class NodeMain {

    private NodeMain() {}

    public static void main(String[] arguments) {
        var trap = new Trap();
        Thread.ofPlatform().name("harness").daemon(true).start(() -> obey(trap));
        application(trap).run(arguments);
    }

    private static SpringApplication application(Trap trap) {
        var application = new SpringApplication(ThroughlineApplication.class);
        application.addInitializers(withoutTests());
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context ->
                context.registerBean(StepListener.class, () -> trap));
        return application;
    }

    /// Components of other tests lie on the same class path and are no part of the server.
    static ApplicationContextInitializer<GenericApplicationContext> withoutTests() {
        return context -> context.getBeanFactory().registerSingleton("withoutTests", new TypeExcludeFilter() {
            @Override
            public boolean match(MetadataReader metadata, MetadataReaderFactory factory) throws IOException {
                return metadata.getResource().getURI().toString().contains("/test-classes/");
            }

            @Override
            public boolean equals(@Nullable Object other) {
                return this == other;
            }

            @Override
            public int hashCode() {
                return System.identityHashCode(this);
            }
        });
    }

    private static void obey(Trap trap) {
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                var words = order.split(" ");
                trap.set(Step.valueOf(words[1]), Integer.parseInt(words[2]));
            }
        } catch (IOException broken) {
            System.err.println("The harness is gone: " + broken);
        }
        Runtime.getRuntime().halt(1);
    }

    private static final class Trap implements StepListener {

        private @Nullable Step step;
        private int times;

        synchronized void set(Step at, int after) {
            step = at;
            times = after;
        }

        @Override
        public synchronized void reached(Step now) {
            if (now == step && --times == 0) {
                Runtime.getRuntime().halt(Node.KILLED);
            }
        }
    }
}
