package io.throughline.shared;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What Tomcat refuses before any of our filters sees it (an address with `%2f`, a header that can't be read) is a problem too,
/// and no page that names the server.
public class RefusalValve extends ErrorReportValve {

    private static final String HEADERS = RefusalHeaders.class.getName();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable error) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            var path = request.getRequestURI();
            headers().forEach(it -> it.addTo(path == null ? "" : path, response));
            var problem = problem(response.getStatus());
            ProblemWriter.write(request, response, problem, detail(problem));
            response.finishResponse();
        } catch (IOException gone) {
            // nobody is left to read it
            container.getLogger().debug("an error page was not delivered", gone);
        }
    }

    private static Problem problem(int status) {
        if (status == HttpServletResponse.SC_METHOD_NOT_ALLOWED || status == HttpServletResponse.SC_NOT_IMPLEMENTED) {
            return Problem.METHOD_NOT_ALLOWED;
        }
        return status >= 500 ? Problem.INTERNAL : Problem.INVALID_QUERY;
    }

    private static String detail(Problem problem) {
        if (problem == Problem.INTERNAL) {
            return "Try again; if it stays so, give your administrator the trace id.";
        }
        return problem == Problem.METHOD_NOT_ALLOWED ? "Use another method; OPTIONS tells which there are."
                : "The request is written in a way that is not taken here; write its address and headers plainly.";
    }

    /// Tomcat makes the valve, so what it needs waits in the application's context.
    @SuppressWarnings("unchecked")
    private List<RefusalHeaders> headers() {
        for (var child : container.findChildren()) {
            if (child instanceof Context application && application.getServletContext().getAttribute(HEADERS) instanceof ObjectProvider<?> known) {
                return ((ObjectProvider<RefusalHeaders>) known).stream().toList();
            }
        }
        return List.of();
    }

    @Configuration(proxyBeanMethods = false)
    static class Installation {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsAsProblems(ObjectProvider<RefusalHeaders> headers) {
            return factory -> factory.addContextCustomizers(context -> {
                context.getServletContext().setAttribute(HEADERS, headers);
                ((StandardHost) context.getParent()).setErrorReportValveClass(RefusalValve.class.getName());
            });
        }
    }
}
