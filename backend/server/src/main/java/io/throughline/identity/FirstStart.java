package io.throughline.identity;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Prints the first administrator's link, on the console and not into the log: logs are kept and copied (S29).
@Component
class FirstStart {

    private final FirstAdministrator administrator;
    private final Environment environment;

    FirstStart(FirstAdministrator administrator, Environment environment) {
        this.administrator = administrator;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        administrator.invite().ifPresent(token -> System.out.printf("""

                        Nobody can sign in yet. Open this link within 24 hours to set the password of '%s'; it works once:
                        %s/first-administrator#token=%s

                        """,
                FirstAdministrator.USERNAME, address(), token));
    }

    private String address() {
        var configured = environment.getProperty("throughline.public-url");
        return configured != null && !configured.isBlank()
                ? configured
                : "http://localhost:" + environment.getProperty("local.server.port", "8080");
    }
}
