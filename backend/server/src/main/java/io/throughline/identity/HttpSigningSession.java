package io.throughline.identity;

import jakarta.servlet.http.HttpSession;

/// A sign-in session: what was proved in it dies with it, so a new one needs both components again (P11-9).
final class HttpSigningSession extends SigningSession {

    private static final String ATTRIBUTE = "throughline.signer";

    private final HttpSession session;

    HttpSigningSession(HttpSession session) {
        this.session = session;
    }

    @Override
    public boolean isFirstSigningOf(String personId) {
        return !personId.equals(session.getAttribute(ATTRIBUTE));
    }

    @Override
    void bothGivenBy(String personId) {
        session.setAttribute(ATTRIBUTE, personId);
    }
}
