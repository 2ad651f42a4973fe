package io.throughline.identity;

import io.throughline.identity.SessionController.PersonView;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// People, for administrators. There is no route that signs in or signs as somebody else (P11-10, S36).
@RestController
class PeopleController {

    record PeopleList(List<Entry> people) {}

    /// @param passwordResetBy who reset the password, while another administrator still has to confirm the person's identity
    record Entry(PersonView person, boolean suspended, @Nullable String passwordResetBy) {}

    record PersonRequest(
            String username,
            String displayName,
            String password,
            List<Role> roles,
            List<String> brands,
            List<String> markets,
            @Nullable String registrationNumber,
            boolean identityVerified) {}

    record AccessRequest(List<Role> roles, List<String> brands, List<String> markets, @Nullable String registrationNumber, String reason) {}

    record Reason(String reason) {}

    record Reset(String password, String reason) {}

    private final People people;
    private final PeopleDesk desk;

    PeopleController(People people, PeopleDesk desk) {
        this.people = people;
        this.desk = desk;
    }

    @GetMapping("/manage/v1/people")
    @Allowed(Role.ADMINISTRATOR)
    PeopleList list() {
        return new PeopleList(people.listCredentials().stream().map(PeopleController::entry).toList());
    }

    @PostMapping("/manage/v1/people")
    @Allowed(Role.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.CREATED)
    PersonView create(Actor actor, @RequestBody PersonRequest body) {
        NewPerson person;
        try {
            person = new NewPerson(body.username(), body.displayName(), body.password(), Set.copyOf(body.roles()), Set.copyOf(body.brands()),
                    Set.copyOf(body.markets()), body.registrationNumber(), body.identityVerified());
        } catch (IllegalArgumentException refused) {
            throw Problem.INVALID_BODY.because("Change this: %s.".formatted(refused.getMessage()));
        }
        return SessionController.view(desk.create(actor, person), true);
    }

    @PutMapping("/manage/v1/people/{id}/access")
    @Allowed(Role.ADMINISTRATOR)
    PersonView changeAccess(Actor actor, @PathVariable String id, @RequestBody AccessRequest body) {
        var access = new PeopleDesk.Access(Set.copyOf(body.roles()), Set.copyOf(body.brands()), Set.copyOf(body.markets()), body.registrationNumber());
        var changed = desk.changeAccess(actor, id, access, body.reason());
        return SessionController.view(changed.person(), changed.passwordResetBy() != null);
    }

    @PostMapping("/manage/v1/people/{id}/suspension")
    @Allowed(Role.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void suspend(Actor actor, @PathVariable String id, @RequestBody Reason body) {
        desk.suspend(actor, id, body.reason());
    }

    @PostMapping("/manage/v1/people/{id}/resumption")
    @Allowed(Role.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(Actor actor, @PathVariable String id, @RequestBody Reason body) {
        desk.resume(actor, id, body.reason());
    }

    @PostMapping("/manage/v1/people/{id}/identity-confirmation")
    @Allowed(Role.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirmIdentity(Actor actor, @PathVariable String id, @RequestBody Reason body) {
        desk.confirmIdentity(actor, id, body.reason());
    }

    private static Entry entry(People.Credentials known) {
        return new Entry(SessionController.view(known.person(), known.passwordResetBy() != null), known.person().suspended(), known.identityOpenSince());
    }

    @PostMapping("/manage/v1/people/{id}/password-reset")
    @Allowed(Role.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetPassword(Actor actor, @PathVariable String id, @RequestBody Reset body) {
        desk.resetPassword(actor, id, body.password(), body.reason());
    }
}
