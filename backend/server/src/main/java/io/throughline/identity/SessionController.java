package io.throughline.identity;

import io.throughline.identity.DemoSignIns.DemoSignIn;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Open;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Signing in and out, and the first words between a browser and this server.
@RestController
class SessionController {

    record About(String name, boolean demo, List<DemoSignIn> signIns) {}

    record SignInRequest(String username, String password) {}

    record PasswordChange(String oldPassword, String newPassword) {}

    record FirstPassword(String token, String password) {}

    record PersonView(
            String id,
            String username,
            String displayName,
            String initials,
            List<Role> roles,
            List<String> brands,
            List<String> markets,
            @Nullable String registrationNumber,
            boolean signingEnabled,
            @Nullable Boolean passwordChangeRequired) {}

    private final SignIns signIns;
    private final SignInDoor door;
    private final DeviceCookies devices;
    private final PeopleDesk desk;
    private final People people;
    private final FirstAdministrator firstAdministrator;
    private final CookieCsrfTokenRepository csrfTokens;
    private final ObjectProvider<DemoSignIns> demoSignIns;
    private final boolean demo;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    SessionController(SignIns signIns, SignInDoor door, DeviceCookies devices, PeopleDesk desk, People people, FirstAdministrator firstAdministrator,
            CookieCsrfTokenRepository csrfTokens, ObjectProvider<DemoSignIns> demoSignIns, Environment environment) {
        this.signIns = signIns;
        this.door = door;
        this.devices = devices;
        this.desk = desk;
        this.people = people;
        this.firstAdministrator = firstAdministrator;
        this.csrfTokens = csrfTokens;
        this.demoSignIns = demoSignIns;
        this.demo = FirstAdministrator.isDemo(environment);
    }

    @GetMapping("/manage/v1/about")
    @Open // the sign-in screen needs it, and it sets the first CSRF token
    About about() {
        return new About("Throughline", demo, demo ? demoSignIns.stream().flatMap(it -> it.list().stream()).toList() : List.of());
    }

    @GetMapping("/manage/v1/session")
    @Allowed(beforeOwnPassword = true)
    PersonView current(Actor actor) {
        var known = people.findCredentials(actor.id()).orElseThrow();
        return view(known.person(), known.passwordResetBy() != null);
    }

    /// The old session ends and a new one begins, so that an id known before means nothing (S26).
    @PostMapping("/manage/v1/session")
    @Open // this is where people come in
    PersonView signIn(@RequestBody SignInRequest body, HttpServletRequest request, HttpServletResponse response) {
        var welcome = door.enter(body.username(), body.password(), request);
        var before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(welcome.person().id(), welcome.passwordChangedAt()), null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        csrfTokens.saveToken(csrfTokens.generateToken(request), request, response);
        devices.give(request, response, welcome.person().id());
        return view(welcome.person(), !welcome.passwordIsOwn());
    }

    @DeleteMapping("/manage/v1/session")
    @Allowed(beforeOwnPassword = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(Actor actor, HttpServletRequest request) {
        signIns.close(actor);
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /// Ends all sessions of the person, this one too: sign in again with the new password.
    @PutMapping("/manage/v1/session/password")
    @Allowed(beforeOwnPassword = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Actor actor, @RequestBody PasswordChange body) {
        switch (desk.changePassword(actor, body.oldPassword(), body.newPassword())) {
            case RIGHT -> { }
            case WRONG -> throw Problem.FORBIDDEN.because("The old password is not right.");
            case TOO_MANY -> throw SignInDoor.tooMany("There were too many wrong passwords", FailedAttempts.WINDOW);
        }
    }

    @PostMapping("/manage/v1/first-administrator")
    @Open // the one-time token is the credential
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void firstAdministrator(@RequestBody FirstPassword body) {
        if (!firstAdministrator.claim(body.token(), body.password())) {
            throw Problem.UNAUTHENTICATED.because("This link was used or is too old; start the server again for a new one.");
        }
    }

    static PersonView view(Person person, boolean passwordChangeRequired) {
        return new PersonView(person.id(), person.username(), person.displayName(), initials(person.displayName()),
                person.roles().stream().sorted().toList(), person.brands().stream().sorted().toList(),
                person.markets().stream().sorted().toList(), person.registrationNumber(), person.identityVerifiedAt() != null,
                passwordChangeRequired ? true : null);
    }

    /// `Dr Ada Amari` is AA: titles are no initials.
    static String initials(String displayName) {
        var names = Arrays.stream(displayName.split("[\\s-]+"))
                .filter(it -> !it.isEmpty() && !it.matches("(?i)(dr|prof|mr|mrs|ms)\\.?"))
                .map(it -> it.substring(0, it.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT))
                .collect(Collectors.toList());
        return names.size() <= 2 ? String.join("", names) : names.getFirst() + names.getLast();
    }
}
