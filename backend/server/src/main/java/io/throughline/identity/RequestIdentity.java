package io.throughline.identity;

import io.throughline.shared.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/// Who stands behind a request: a person by session, a channel app by key, or nobody.
@Component
class RequestIdentity {

    private static final String PERSON = "throughline.person";
    private static final String PASSWORD_NOT_OWN = "throughline.password-not-own";

    private final People people;

    RequestIdentity(People people) {
        this.people = people;
    }

    /// The signed-in person as they are now. A session whose person was suspended, or whose password changed since, is
    /// ended here, with the next request at the latest (S25).
    Optional<Person> person(HttpServletRequest request) {
        if (request.getAttribute(PERSON) instanceof Person known) {
            return Optional.of(known);
        }
        if (!(principal() instanceof SignedIn signedIn)) {
            return Optional.empty();
        }
        var known = people.findCredentials(signedIn.personId())
                .filter(it -> !it.person().suspended() && it.passwordChangedAt().equals(signedIn.passwordChangedAt()));
        var person = known.map(People.Credentials::person);
        if (person.isPresent()) {
            request.setAttribute(PERSON, person.get());
            request.setAttribute(PASSWORD_NOT_OWN, known.get().passwordResetBy() != null);
        } else {
            var session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
        }
        return person;
    }

    /// Whether somebody else set the password of the person who asks.
    boolean hasToChoosePassword(HttpServletRequest request) {
        return person(request).isPresent() && Boolean.TRUE.equals(request.getAttribute(PASSWORD_NOT_OWN));
    }

    Optional<Actor> actor(HttpServletRequest request) {
        return person(request).map(Person::asActor);
    }

    Optional<ChannelClient> channel() {
        return principal() instanceof ChannelClient client ? Optional.of(client) : Optional.empty();
    }

    Optional<PreviewViewer> viewer() {
        return principal() instanceof PreviewViewer viewer ? Optional.of(viewer) : Optional.empty();
    }

    private static @Nullable Object principal() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? null : authentication.getPrincipal();
    }
}
