package io.throughline.delivery.edge;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Before every delivery route: the node must know that its catalogue is current (RV-7), and has to have come as far as the
/// request's `Min-Sequence` asks.
@Configuration(proxyBeanMethods = false)
public class DeliveryWebConfiguration implements WebMvcConfigurer {

    public static final String MIN_SEQUENCE = "Min-Sequence";

    private final CatalogueClock clock;

    DeliveryWebConfiguration(CatalogueClock clock) {
        this.clock = clock;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new BodyConverter());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                clock.requireFresh();
                var wanted = request.getHeader(MIN_SEQUENCE);
                if (wanted != null) {
                    boolean visible = clock.awaitSequence(sequence(wanted));
                    DeliveryEdge.tellSequence(response, clock);
                    if (!visible) {
                        clock.requireFresh();
                        throw notYetVisible();
                    }
                }
                return true;
            }
        }).addPathPatterns("/v1/**").order(10);
    }

    public static ProblemException notYetVisible() {
        return Problem.NOT_YET_VISIBLE.because("This node has not come to that content sequence within two seconds. Try again shortly.")
                .withHeader("Retry-After", "1");
    }

    public static long sequence(String header) {
        if (!header.matches("\\d{1,18}")) {
            throw DeliveryScope.invalid("Min-Sequence", "Min-Sequence is a content sequence: a whole number.");
        }
        return Long.parseLong(header);
    }
}
