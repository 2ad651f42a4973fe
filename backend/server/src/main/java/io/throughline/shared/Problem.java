package io.throughline.shared;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/// Every refusal the API knows (RFC 9457). Clients switch on `type` or `code`: add constants, never rename.
/// A `detail` says what to do next.
public enum Problem {
    INVALID_QUERY(HttpStatus.BAD_REQUEST, "The query is not valid"),
    INVALID_BODY(HttpStatus.BAD_REQUEST, "The body is not valid"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Sign-in or a valid key is needed"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "This is not yours to do"),
    PASSWORD_CHANGE_REQUIRED(HttpStatus.FORBIDDEN, "Choose a new password first"),
    SIGNATURE_REFUSED(HttpStatus.FORBIDDEN, "The signature was refused"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not take that method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "This address has no such representation"),
    CONFLICT(HttpStatus.CONFLICT, "This clashes with what is there"),
    REQUEST_STILL_RUNNING(HttpStatus.CONFLICT, "The same request is still being done"),
    ALREADY_DONE(HttpStatus.CONFLICT, "This was done already"),
    OUT_OF_SEQUENCE(HttpStatus.CONFLICT, "This step is not the next one"),
    AUTHOR_MAY_NOT_CERTIFY(HttpStatus.CONFLICT, "Whoever developed the material may not certify it"),
    AUTHOR_MAY_NOT_APPROVE(HttpStatus.CONFLICT, "Whoever wrote a strategy version may not approve it"),
    MANDATORY_SLOT_EMPTY(HttpStatus.CONFLICT, "A mandatory slot can't be filled"),
    CONTENT_WITHDRAWN(HttpStatus.GONE, "This content was withdrawn"),
    SYNC_TOKEN_EXPIRED(HttpStatus.GONE, "This sync token is too old"),
    VERSION_CONFLICT(HttpStatus.PRECONDITION_FAILED, "Somebody changed this since you read it"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This kind of body is not understood here"),
    VALIDATION_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "The content breaks its rules"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "This key stands for another request"),
    MEASUREMENT_PLAN_MISSING(HttpStatus.UNPROCESSABLE_CONTENT, "An objective has no measurement plan"),
    PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "If-Match is required"),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
    BUSY(HttpStatus.SERVICE_UNAVAILABLE, "The server has too much to do at the moment"),
    NOT_YET_VISIBLE(HttpStatus.SERVICE_UNAVAILABLE, "That sequence is not visible yet"),
    CATALOGUE_STALE(HttpStatus.SERVICE_UNAVAILABLE, "This node can't prove that its catalogue is current"),
    SEARCH_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Search is not available at the moment"),
    STORAGE_FULL(HttpStatus.INSUFFICIENT_STORAGE, "Nothing can be written at the moment");

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// What clients switch on: `version-conflict`.
    public String code() {
        return Kebab.of(this);
    }

    public ProblemException because(String detail) {
        return because(detail, List.of());
    }

    public ProblemException because(String detail, List<FieldError> errors) {
        return new ProblemException(this, detail, errors);
    }

    ProblemDetail document(String detail, List<FieldError> errors) {
        var document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setType(URI.create("/problems/" + code()));
        document.setTitle(title);
        document.setProperty("code", code());
        document.setProperty("errors", errors);
        return document;
    }
}
