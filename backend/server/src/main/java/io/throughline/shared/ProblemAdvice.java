package io.throughline.shared;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Turns everything that goes wrong in a controller into one of our problems; what nobody expected is logged with its
/// trace id and tells the client nothing else.
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final StorageHealth storage;

    ProblemAdvice(StorageHealth storage) {
        this.storage = storage;
    }

    @ExceptionHandler(MultipartException.class)
    @Nullable ResponseEntity<Object> unreadableUpload(MultipartException e, WebRequest request) {
        return answer(Problem.INVALID_BODY.because("The multipart body can't be read; send the file as one part."), request);
    }

    /// Parameters with control characters and their like, which the firewall finds only when they are read.
    /// Tomcat's say of parameters that are no UTF-8 quotes their value, which may be a reader's key: it is not logged.
    @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
    @Nullable ResponseEntity<Object> rejected(RuntimeException e, WebRequest request) {
        return answer(Problem.INVALID_QUERY.because("The address is written in a way that is not taken here; write it plainly."), request);
    }

    /// Two people who make the same at the same moment: the database's constraint lets one of them, the other hears of it.
    @ExceptionHandler({DuplicateKeyException.class, ConcurrencyFailureException.class})
    @Nullable ResponseEntity<Object> atTheSameMoment(DataAccessException e, WebRequest request) {
        LOG.info("two requests clashed, trace {}: {}", trace(request), e.getClass().getSimpleName());
        return answer(Problem.CONFLICT.because("Somebody made or changed the same at the same moment. Read it again, then decide."), request);
    }

    /// PostgreSQL keeps no U+0000 in text: the one character that passes JSON and not the database.
    @ExceptionHandler(DataIntegrityViolationException.class)
    @Nullable ResponseEntity<Object> unstorable(DataIntegrityViolationException e, WebRequest request) {
        if (e.getMostSpecificCause() instanceof java.sql.SQLException sql
                && ("22021".equals(sql.getSQLState()) || "22P05".equals(sql.getSQLState()))) {
            return answer(Problem.INVALID_BODY.because("The text has the character U+0000; take it out."), request);
        }
        return unexpected(e, request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("the client left before its answer, trace {}", trace(request), e);
            return null; // nobody is there to answer
        }
        if (request.getAttribute(FailureNaming.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof FailureNaming naming
                && naming.name(e) instanceof ProblemException named) {
            LOG.warn("request failed as {}, trace {}: {}", named.problem().code(), trace(request), e.getMessage());
            return answer(named, request);
        }
        var outage = Outage.name(e);
        if (outage != null) {
            storage.failed(e);
            LOG.warn("request failed as {}, trace {}: {}", outage.problem().code(), trace(request), e.getMessage());
            return answer(outage, request);
        }
        LOG.error("request failed, trace {}", trace(request), e);
        return answer(Problem.INTERNAL.because("Try again; if it stays so, give your administrator the trace id."), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(unreadable(e), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = e.getParameterName();
        return answer(Problem.INVALID_QUERY.because("The parameter '%s' is missing; give it a value.".formatted(name),
                List.of(new FieldError("required", name, "is missing"))), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = e instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : e.getPropertyName();
        var path = name == null ? "" : name;
        return answer(Problem.INVALID_QUERY.because("The value of '%s' is not of the kind it takes.".formatted(path),
                List.of(new FieldError("wrong-type", path, "is not a valid value"))), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof ProblemException problem) {
            return answer(problem, request);
        }
        var problem = switch (status.value()) {
            case 400 -> Problem.INVALID_QUERY.because("The request can't be understood; check it against the API's description.");
            case 401 -> Problem.UNAUTHENTICATED.because("Sign in, or send a valid key.");
            case 403 -> Problem.FORBIDDEN.because("Ask your administrator for the role it needs.");
            case 404 -> Problem.NOT_FOUND.because("Check the address; it may also be that you may not see this.");
            case 405 -> Problem.METHOD_NOT_ALLOWED.because("Use one of the methods named in the Allow header.");
            case 406 -> Problem.NOT_ACCEPTABLE.because("Accept application/json.");
            case 413 -> Problem.PAYLOAD_TOO_LARGE.because("Send less at once.");
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE.because("Send application/json, or the kind this address names.");
            default -> null;
        };
        if (problem == null) {
            return unexpected(e, request);
        }
        headers.forEach((name, values) -> problem.getHeaders().put(name, values));
        return answer(problem, request);
    }

    private static ProblemException unreadable(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
            var path = pointer(unknown);
            return Problem.INVALID_BODY.because("The body has the key '%s', which does not belong here; take it out."
                    .formatted(unknown.getPropertyName()), List.of(new FieldError("unknown-field", path, "does not belong here")));
        }
        if (e.getCause() instanceof TypedText.Refused refused) {
            return Problem.INVALID_BODY.because("%s %s".formatted("The text at '" + pointer(refused) + "'", refused.getOriginalMessage()),
                    List.of(new FieldError("character-not-allowed", pointer(refused), refused.getOriginalMessage())));
        }
        if (e.getCause() instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
            return Problem.INVALID_BODY.because("A value in the body is missing or not of the kind it takes.",
                    List.of(new FieldError("wrong-type", pointer(wrong), "is missing or not a valid value")));
        }
        return Problem.INVALID_BODY.because("The body is not the JSON that this address takes; check it for a missing comma or brace.");
    }

    private static String pointer(DatabindException e) {
        var pointer = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            var name = step.getPropertyName();
            pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static ResponseEntity<Object> answer(ProblemException e, WebRequest request) {
        var document = e.problem().document(e.detail(), e.errors());
        document.setProperty("traceId", trace(request));
        var response = ResponseEntity.status(e.problem().status()).headers(e.getHeaders()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (!e.getHeaders().containsHeader(HttpHeaders.CACHE_CONTROL)) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        return response.body(document);
    }

    private static String trace(WebRequest request) {
        HttpServletRequest servletRequest = ((ServletWebRequest) request).getRequest();
        return Traces.of(servletRequest);
    }
}
