package io.throughline.identity;

import io.throughline.shared.FieldError;
import io.throughline.shared.ForChannels;
import io.throughline.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses parameters that the controller method does not declare, one given twice where one is meant, and from channels one
/// without a value (S4): what is ignored in silence narrows nothing, and a client would take the answer for filtered.
///
/// Numbers are digits and conditions are `true` or `false`, as the API's description says; Spring alone would also read `0x10`,
/// `010` (as eight), `1 0`, `yes` and `on`.
@Component
class QueryInterceptor implements HandlerInterceptor {

    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern CONDITION = Pattern.compile("true|false");

    private final Map<HandlerMethod, Map<String, Declared>> declarations = new ConcurrentHashMap<>();

    /// A parameter as the controller's method takes it.
    private record Declared(Class<?> type) {

        boolean mayBeRepeated() {
            return type.isArray() || Collection.class.isAssignableFrom(type);
        }

        /// What it takes instead of this value; null where the value is well-formed, or its form is for others to judge.
        @Nullable String instead(String value) {
            if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
                return WHOLE_NUMBER.matcher(value).matches() ? null : "a whole number in digits";
            }
            if (type == boolean.class || type == Boolean.class) {
                return CONDITION.matcher(value).matches() ? null : "true or false";
            }
            return null;
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != jakarta.servlet.DispatcherType.REQUEST) {
            return true;
        }
        // nothing here takes forms: their fields would count as query parameters
        var contentType = request.getContentType();
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.because("Send application/json, or the kind this address names.");
        }
        var declared = declarations.computeIfAbsent(method, QueryInterceptor::declared);
        boolean isForChannels = method.hasMethodAnnotation(ForChannels.class);
        request.getParameterMap().forEach((name, values) -> {
            var parameter = declared.get(name);
            if (parameter == null) {
                throw refused("unknown-parameter", name, "There is no parameter '%s' here; take it out.".formatted(printable(name)));
            }
            if (values.length > 1 && !parameter.mayBeRepeated()) {
                throw refused("duplicate-parameter", name, "The parameter '%s' is given more than once.".formatted(name));
            }
            // a channel that forgot to fill it in would take the answer for narrowed
            if (isForChannels && values[0].isBlank()) {
                throw refused("empty-parameter", name, "The parameter '%s' is empty; give it a value, or leave it out.".formatted(name));
            }
            var instead = values[0].isEmpty() ? null : parameter.instead(values[0]);
            if (instead != null) {
                throw refused("wrong-type", name, "The parameter '%s' takes %s; write it so, or leave it out.".formatted(name, instead));
            }
        });
        if (request instanceof MultipartHttpServletRequest multipart) {
            multipart.getMultiFileMap().forEach((name, files) -> {
                if (!declared.containsKey(name) || files.size() > 1 && !declared.get(name).mayBeRepeated()) {
                    throw refused("unknown-parameter", name, "The part '%s' does not belong here or is there twice.".formatted(printable(name)));
                }
            });
        }
        return true;
    }

    private static RuntimeException refused(String code, String name, String detail) {
        return Problem.INVALID_QUERY.because(detail, List.of(new FieldError(code, printable(name), detail)));
    }

    private static String printable(String name) {
        var clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 60 ? clean : clean.substring(0, 60) + "…";
    }

    private static Map<String, Declared> declared(HandlerMethod method) {
        var declared = new HashMap<String, Declared>();
        for (var parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(NAMES);
            if (parameter.getParameterAnnotation(RequestParam.class) instanceof RequestParam named) {
                declared.put(name(named.name(), parameter), new Declared(parameter.getParameterType()));
            } else if (parameter.getParameterAnnotation(RequestPart.class) instanceof RequestPart named) {
                declared.put(name(named.name(), parameter), new Declared(parameter.getParameterType()));
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class) && parameter.getParameterType().isRecord()) {
                for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
                    declared.put(component.getName(), new Declared(component.getType()));
                }
            }
        }
        return declared;
    }

    private static String name(String given, MethodParameter parameter) {
        var name = given.isEmpty() ? parameter.getParameterName() : given;
        if (name == null) {
            throw new IllegalStateException("compile with -parameters, or name " + parameter);
        }
        return name;
    }
}
