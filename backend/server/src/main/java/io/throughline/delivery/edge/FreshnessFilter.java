package io.throughline.delivery.edge;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.shared.FailureNaming;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import io.throughline.shared.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Before everything else that a delivery route does, looking up its key too: a node that can't tell whether its catalogue is
/// current refuses, and needs no database for it (RV-7). What fails on the way because the database is lost is refused alike.
@Component
@Order(FreshnessFilter.BEFORE_SECURITY)
class FreshnessFilter extends OncePerRequestFilter {

    static final int BEFORE_SECURITY = -110;

    private final CatalogueClock clock;
    private final InFlight inFlight;

    FreshnessFilter(CatalogueClock clock, InFlight inFlight) {
        this.clock = clock;
        this.inFlight = inFlight;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (!clock.isFresh()) {
            refuse(request, response);
            return;
        }
        var running = inFlight.begin();
        request.setAttribute(FailureNaming.ATTRIBUTE, (FailureNaming) failure -> {
            boolean lost = isLost(running, failure);
            inFlight.end(running);
            return lost ? CatalogueClock.stale() : null;
        });
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException | IOException failure) {
            boolean lost = isLost(running, failure);
            inFlight.end(running);
            if (!lost || response.isCommitted()) {
                throw failure;
            }
            refuse(request, response);
        } finally {
            inFlight.end(running);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemException stale = CatalogueClock.stale();
        response.setHeader("Retry-After", "1");
        ProblemWriter.write(request, response, Problem.CATALOGUE_STALE, stale.detail());
    }

    private boolean isLost(InFlight.Request running, Throwable failure) {
        return running.isInterrupted() || !clock.isFresh() || isDatabaseLost(failure);
    }

    /// Class 08: the connection; 57P: the server ends; a timeout: none was free.
    private static boolean isDatabaseLost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return sql instanceof SQLTransientConnectionException || (state != null && (state.startsWith("08") || state.startsWith("57P")));
            }
        }
        return false;
    }
}
