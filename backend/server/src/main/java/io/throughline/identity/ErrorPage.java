package io.throughline.identity;

import io.throughline.shared.Open;
import io.throughline.shared.Outage;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemWriter;
import io.throughline.shared.RefusalHeaders;
import io.throughline.shared.StorageHealth;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// What went wrong outside every controller, as a problem too.
@Controller
class ErrorPage implements ErrorController {

    private final ObjectProvider<RefusalHeaders> headers;
    private final StorageHealth storage;

    ErrorPage(ObjectProvider<RefusalHeaders> headers, StorageHealth storage) {
        this.headers = headers;
        this.storage = storage;
    }

    @RequestMapping("/error")
    @Open // it has nothing to tell but that something failed
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var problem = switch (status) {
            case 400 -> Problem.INVALID_QUERY;
            case 401 -> Problem.UNAUTHENTICATED;
            case 403 -> Problem.FORBIDDEN;
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 413 -> Problem.PAYLOAD_TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            default -> Problem.INTERNAL;
        };
        if (problem == Problem.INTERNAL && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            var outage = Outage.name(failure);
            if (outage != null) {
                storage.failed(failure);
                outage.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
                ProblemWriter.write(request, response, outage.problem(), outage.detail());
                return;
            }
        }
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path) {
            headers.forEach(it -> it.addTo(path, response));
        }
        ProblemWriter.write(request, response, problem, problem == Problem.INTERNAL
                ? "Try again; if it stays so, give your administrator the trace id."
                : "Check the request against the API's description.");
    }
}
