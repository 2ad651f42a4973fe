package io.throughline.shared;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/// A refusal on its way to the client; made by [Problem#because]. Throwing it rolls the transaction back (S12).
public final class ProblemException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String detail;
    private final transient List<FieldError> errors;

    ProblemException(Problem problem, String detail, List<FieldError> errors) {
        super(problem.status(), problem.document(detail, errors), null);
        this.problem = problem;
        this.detail = detail;
        this.errors = List.copyOf(errors);
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /// The same refusal with a response header (`Retry-After`, `WWW-Authenticate`).
    public ProblemException withHeader(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }

    @Override
    public HttpHeaders getHeaders() {
        return super.getHeaders();
    }
}
