package io.throughline.identity;

import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What stands before every sign-in: where it comes from, and whether that place may try at all. It is asked before anything
/// is hashed or written.
@Component
class SignInDoor {

    private final SignIns signIns;
    private final SignInAddresses addresses;
    private final DeviceCookies devices;
    private final People people;

    SignInDoor(SignIns signIns, SignInAddresses addresses, DeviceCookies devices, People people) {
        this.signIns = signIns;
        this.addresses = addresses;
        this.devices = devices;
        this.people = people;
    }

    /// @throws ProblemException `unauthenticated`, `rate-limited` or `busy`
    SignIns.Outcome.Welcome enter(String username, String password, HttpServletRequest request) {
        var origin = origin(username, request);
        if (!origin.isKnown()) {
            var verdict = addresses.take(origin.network());
            if (!verdict.passes()) {
                addresses.hold();
                throw tooMany("There were too many wrong passwords from this address", Duration.ofNanos(verdict.retryNanos()));
            }
        }
        return switch (attempt(username, password, origin)) {
            case SignIns.Outcome.Welcome welcome -> {
                if (!origin.isKnown()) {
                    addresses.giveBack(origin.network());
                }
                yield welcome;
            }
            case SignIns.Outcome.Refused() -> throw Problem.UNAUTHENTICATED.because("User name or password are not right; check both.");
            case SignIns.Outcome.TooMany() -> {
                addresses.hold();
                throw tooMany("There were too many attempts with this user name", FailedAttempts.WINDOW);
            }
        };
    }

    private SignIns.Outcome attempt(String username, String password, Origin origin) {
        try {
            return signIns.attempt(username, password, origin);
        } catch (ProblemException busy) {
            if (!origin.isKnown()) {
                addresses.giveBack(origin.network());
            }
            addresses.hold();
            throw busy;
        }
    }

    private Origin origin(String username, HttpServletRequest request) {
        var network = RateLimitFilter.network(request.getRemoteAddr());
        var device = devices.isThere(request)
                ? people.findAccount(Accounts.normalise(username)).flatMap(it -> devices.find(request, it.person().id()))
                : Optional.<String>empty();
        return new Origin(network, device.orElse(null));
    }

    static ProblemException tooMany(String why, Duration wait) {
        long minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
        return Problem.RATE_LIMITED.because("%s; wait %d minute%s.".formatted(why, minutes, minutes == 1 ? "" : "s"))
                .withHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }
}
