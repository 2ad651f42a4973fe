package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts the access rules before every controller, and who asks into its arguments.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SigningPolicy.class)
class IdentityWebConfiguration implements WebMvcConfigurer {

    private final AccessInterceptor access;
    private final QueryInterceptor query;
    private final RequestIdentity identity;

    IdentityWebConfiguration(AccessInterceptor access, QueryInterceptor query, RequestIdentity identity) {
        this.access = access;
        this.query = query;
        this.identity = identity;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(access);
        registry.addInterceptor(query);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Argument<>(Actor.class, request -> identity.actor(request)
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("Sign in first."))));
        resolvers.add(new Argument<>(ChannelClient.class, _ -> identity.channel()
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("Send a valid API key."))));
        resolvers.add(new Argument<>(PreviewViewer.class, _ -> identity.viewer()
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("Send a valid preview token."))));
        resolvers.add(new Argument<>(SigningSession.class, request -> new HttpSigningSession(request.getSession())));
    }

    private record Argument<T>(Class<T> type, Function<HttpServletRequest, T> of) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == type;
        }

        @Override
        public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
                NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
            var servletRequest = request.getNativeRequest(HttpServletRequest.class);
            if (servletRequest == null) {
                throw new IllegalStateException("not a servlet request");
            }
            return of.apply(servletRequest);
        }
    }
}
