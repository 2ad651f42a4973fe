package io.throughline.shared;

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
            var problem = response.getStatus() >= 500 ? Problem.INTERNAL : Problem.INVALID_QUERY;
            ProblemWriter.write(request, response, problem, problem == Problem.INTERNAL
                    ? "Try again; if it stays so, give your administrator the trace id."
                    : "The request is written in a way that is not taken here; write its address and headers plainly.");
            response.finishResponse();
        } catch (IOException gone) {
            // nobody is left to read it
            container.getLogger().debug("an error page was not delivered", gone);
        }
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
