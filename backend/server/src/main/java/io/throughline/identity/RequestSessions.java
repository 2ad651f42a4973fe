package io.throughline.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Sessions as requests use them: read once in a request, and not written for having been used.
///
/// Spring's filter reads a session at the beginning of a request and once more when it has saved it, to see whether the cookie still
/// fits. What a request has saved is the answer to that; the next request reads the database again, so that a session that was ended
/// anywhere ends everywhere at once.
///
/// That a session was used is written once in [#WRITTEN_EVERY], not with each request: each would wait for the disk once more, and all
/// requests of a session for each other's row. So an idle session ends up to half a minute early, never late.
final class RequestSessions implements SessionRepository<RequestSessions.Used> {

    static final Duration WRITTEN_EVERY = Duration.ofSeconds(30);

    private final SessionRepository<Session> stored;
    private final ThreadLocal<@Nullable Used> saved = new ThreadLocal<>();

    @SuppressWarnings("unchecked") // gives back to it only what came from it
    RequestSessions(SessionRepository<? extends Session> stored) {
        this.stored = (SessionRepository<Session>) stored;
    }

    @Override
    public Used createSession() {
        return new Used(stored.createSession());
    }

    @Override
    public void save(Used session) {
        stored.save(session.stored);
        saved.set(session);
    }

    @Override
    public @Nullable Used findById(String id) {
        var ofThisRequest = saved.get();
        if (ofThisRequest != null && ofThisRequest.getId().equals(id)) {
            return ofThisRequest;
        }
        var found = stored.findById(id);
        return found == null ? null : new Used(found);
    }

    @Override
    public void deleteById(String id) {
        saved.remove();
        stored.deleteById(id);
    }

    /// Lets no request see what another one has saved. Stands before Spring's filter.
    OncePerRequestFilter boundary() {
        return new Boundary();
    }

    private final class Boundary extends OncePerRequestFilter implements Ordered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE + 1;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            saved.remove();
            try {
                chain.doFilter(request, response);
            } finally {
                saved.remove();
            }
        }
    }

    /// A session that is not changed by being used again so soon.
    static final class Used implements Session {

        private final Session stored;

        private Used(Session stored) {
            this.stored = stored;
        }

        @Override
        public void setLastAccessedTime(Instant at) {
            if (!at.isBefore(stored.getLastAccessedTime().plus(WRITTEN_EVERY))) {
                stored.setLastAccessedTime(at);
            }
        }

        @Override
        public String getId() {
            return stored.getId();
        }

        @Override
        public String changeSessionId() {
            return stored.changeSessionId();
        }

        @Override
        public <T> @Nullable T getAttribute(String name) {
            return stored.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return stored.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, Object value) {
            stored.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            stored.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return stored.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return stored.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            stored.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return stored.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return stored.isExpired();
        }
    }
}
