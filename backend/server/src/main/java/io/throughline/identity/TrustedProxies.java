package io.throughline.identity;

import java.util.Arrays;
import java.util.List;
import org.apache.catalina.util.NetMaskSet;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Whose word counts on where a request comes from (S27): `X-Forwarded-For` and `X-Forwarded-Proto` are taken from proxies that the
/// configuration names, and from nobody else. A private address is no reason to believe it: every container has one.
@Configuration(proxyBeanMethods = false)
class TrustedProxies {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedAddresses(@Value("${throughline.proxies:}") String configured) {
        var proxies = proxies(configured);
        return factory -> {
            if (!proxies.isEmpty()) {
                var valve = new RemoteIpValve();
                valve.setInternalProxies(String.join(",", proxies));
                valve.setRemoteIpHeader("X-Forwarded-For");
                valve.setProtocolHeader("X-Forwarded-Proto");
                factory.addEngineValves(valve);
            }
        };
    }

    /// Addresses and networks (`10.0.0.7`, `10.1.0.0/16`, `fd00::/8`), several separated by commas.
    static List<String> proxies(String configured) {
        var proxies = Arrays.stream(configured.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
        for (var proxy : proxies) {
            // names would be looked up: only what is written as an address or a network
            if (!proxy.matches("[0-9a-fA-F.:]+(/[0-9]{1,3})?") || !new NetMaskSet().addAll(proxy).isEmpty()) {
                throw new IllegalArgumentException("THROUGHLINE_PROXIES names addresses or networks such as 10.0.0.7 or 10.1.0.0/16, not '%s'".formatted(proxy));
            }
        }
        // with a length everywhere: Tomcat takes a list without any slash for a regular expression
        return proxies.stream().map(it -> it.contains("/") ? it : it + (it.contains(":") ? "/128" : "/32")).toList();
    }
}
