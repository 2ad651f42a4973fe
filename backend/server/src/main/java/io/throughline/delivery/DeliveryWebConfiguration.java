package io.throughline.delivery;

import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Before every delivery route: the node must know that its catalogue is current (RV-7), and has to have come as far as the
/// request's `Min-Sequence` asks.
@Configuration(proxyBeanMethods = false)
class DeliveryWebConfiguration implements WebMvcConfigurer {

    static final String MIN_SEQUENCE = "Min-Sequence";

    private static final String[] EXPOSED = {"ETag", Answers.CONTENT_SEQUENCE, "Link", "RateLimit", "RateLimit-Policy", "Retry-After"};

    private final CatalogueClock clock;

    DeliveryWebConfiguration(CatalogueClock clock) {
        this.clock = clock;
    }

    /// Any page may read with a key of its own; cookies mean nothing here and are not asked for (S22).
    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/v1/**").allowedOrigins("*").allowedMethods("GET", "HEAD").allowCredentials(false)
                .allowedHeaders("Authorization", "If-None-Match", MIN_SEQUENCE).exposedHeaders(EXPOSED).maxAge(3_600);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                clock.requireFresh();
                var wanted = request.getHeader(MIN_SEQUENCE);
                if (wanted != null && !clock.awaitSequence(sequence(wanted))) {
                    clock.requireFresh();
                    throw notYetVisible();
                }
                return true;
            }
        }).addPathPatterns("/v1/**").order(10);
    }

    static ProblemException notYetVisible() {
        return Problem.NOT_YET_VISIBLE.because("This node has not come to that content sequence within two seconds. Try again shortly.")
                .withHeader("Retry-After", "1");
    }

    static long sequence(String header) {
        if (!header.matches("\\d{1,18}")) {
            throw DeliveryScope.invalid("Min-Sequence", "Min-Sequence is a content sequence: a whole number.");
        }
        return Long.parseLong(header);
    }
}
