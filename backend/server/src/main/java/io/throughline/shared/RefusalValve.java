package io.throughline.shared;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What Tomcat refuses before any of our filters sees it (an address with `%2f`, a header that can't be read) is a problem too,
/// and no page that names the server.
public class RefusalValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable error) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
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

    @Configuration(proxyBeanMethods = false)
    static class Installation {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsAsProblems() {
            return factory -> factory.addContextCustomizers(context -> ((StandardHost) context.getParent()).setErrorReportValveClass(RefusalValve.class.getName()));
        }
    }
}
