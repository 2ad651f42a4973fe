package io.throughline;

import io.throughline.identity.DemoSignIns;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Says on the console, once everything is ready, where the server is and, in the demo, as whom to sign in.
@Component
class Welcome {

    private final ObjectProvider<DemoSignIns> demo;

    Welcome(ObjectProvider<DemoSignIns> demo) {
        this.demo = demo;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        var port = event.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
        var text = new StringBuilder("\nThroughline is ready: http://localhost:%s%n".formatted(port));
        demo.ifAvailable(signIns -> {
            text.append("Sign in, in this demo only, as:\n");
            signIns.list().forEach(it ->
                    text.append("  %-16s %s  (%s: %s)%n".formatted(it.username(), it.password(), it.role(), it.hint())));
        });
        text.append("Ctrl-C ends the server and what it started.\n");
        System.out.println(text);
    }
}
