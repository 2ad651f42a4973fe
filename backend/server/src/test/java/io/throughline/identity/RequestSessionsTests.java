package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.MapSessionRepository;

class RequestSessionsTests {

    private final MapSessionRepository stored = new MapSessionRepository(new ConcurrentHashMap<>());
    private final RequestSessions sessions = new RequestSessions(stored);

    @Test
    void whatARequestHasSavedIsNotReadAgainInIt() throws ServletException, IOException {
        var id = saved();
        request(() -> {
            sessions.save(read(id));
            stored.deleteById(id);
            assertThat(sessions.findById(id)).as("answered without the database").isNotNull();
        });
    }

    @Test
    @Tag("S25")
    void theNextRequestReadsTheDatabaseAgain() throws ServletException, IOException {
        var id = saved();
        request(() -> sessions.save(read(id)));
        stored.deleteById(id);
        request(() -> assertThat(sessions.findById(id)).as("ended elsewhere meanwhile").isNull());
    }

    @Test
    @Tag("S25")
    void aSessionThatTheRequestItselfEndsIsGoneAtOnce() throws ServletException, IOException {
        var id = saved();
        request(() -> {
            sessions.save(read(id));
            sessions.deleteById(id);
            assertThat(sessions.findById(id)).isNull();
        });
    }

    @Test
    void useIsNotedFromHalfAMinuteOn() {
        var session = sessions.createSession();
        var first = session.getLastAccessedTime();
        session.setLastAccessedTime(first.plus(Duration.ofSeconds(30)).minusNanos(1_000_000));
        assertThat(session.getLastAccessedTime()).isEqualTo(first);
        session.setLastAccessedTime(first.plus(Duration.ofSeconds(30)));
        assertThat(session.getLastAccessedTime()).isEqualTo(first.plus(Duration.ofSeconds(30)));
    }

    private String saved() throws ServletException, IOException {
        var session = sessions.createSession();
        request(() -> sessions.save(session));
        return session.getId();
    }

    private RequestSessions.Used read(String id) {
        var session = sessions.findById(id);
        assertThat(session).isNotNull();
        return session;
    }

    private void request(Runnable work) throws ServletException, IOException {
        FilterChain chain = (_, _) -> work.run();
        sessions.boundary().doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), chain);
    }
}
