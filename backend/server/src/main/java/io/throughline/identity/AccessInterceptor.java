package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Allowed;
import io.throughline.shared.ForChannels;
import io.throughline.shared.ForPreviews;
import io.throughline.shared.Kebab;
import io.throughline.shared.Open;
import io.throughline.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Lets a request through to a controller only by that method's own rule; without a rule nobody passes (S13).
@Component
class AccessInterceptor implements HandlerInterceptor {

    private final RequestIdentity identity;
    private final AuditTrail audit;

    AccessInterceptor(RequestIdentity identity, AuditTrail audit) {
        this.identity = identity;
        this.audit = audit;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true; // static files; they are nobody's secret
        }
        if (method.hasMethodAnnotation(Open.class) || isQuestionForMethods(request, method)) {
            return true;
        }
        if (method.hasMethodAnnotation(ForChannels.class)) {
            if (identity.channel().isEmpty()) {
                throw Problem.UNAUTHENTICATED.because("Send a valid API key as 'Authorization: Bearer tlk_…'.")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            return true;
        }
        if (method.hasMethodAnnotation(ForPreviews.class)) {
            if (identity.viewer().isEmpty()) {
                throw Problem.UNAUTHENTICATED.because("Send a valid preview token as 'Authorization: Bearer tlp_…'.")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            return true;
        }
        var allowed = method.getMethodAnnotation(Allowed.class);
        if (allowed == null) {
            throw Problem.NOT_FOUND.because("Check the address; it may also be that you may not see this.");
        }
        var actor = identity.actor(request).orElseThrow(() -> Problem.UNAUTHENTICATED.because("Sign in first."));
        if (!allowed.beforeOwnPassword() && identity.hasToChoosePassword(request)) {
            throw Problem.PASSWORD_CHANGE_REQUIRED.because("Somebody else set your password. Choose one of your own with PUT /manage/v1/session/password, then sign in again.");
        }
        if (allowed.value().length > 0 && !actor.hasAny(allowed.value())) {
            var needed = Arrays.stream(allowed.value()).map(Kebab::of).collect(Collectors.joining(" or "));
            audit.recordRefusal(actor, "access.refused", "route", route(request), "lacks the role " + needed);
            throw Problem.FORBIDDEN.because("This needs the role %s; ask your administrator.".formatted(needed));
        }
        return true;
    }

    /// `OPTIONS` of delivery, which the framework answers with the methods that there are; nothing of ours runs.
    private static boolean isQuestionForMethods(HttpServletRequest request, HandlerMethod method) {
        return request.getMethod().equals("OPTIONS") && request.getServletPath().startsWith("/v1/") && method.getBeanType().getName().startsWith("org.springframework.web.");
    }

    /// The pattern, not the path: what a client typed stays out of the trail.
    private static String route(HttpServletRequest request) {
        return request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    }
}
