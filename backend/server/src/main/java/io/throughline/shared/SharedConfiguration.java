package io.throughline.shared;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class SharedConfiguration implements WebMvcConfigurer {

    /// A content set is some hundred kilobytes: in Tomcat's own pieces of eight it takes a system call for each, and wakes its reader as often.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> largerPieces() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setProperty("socket.appWriteBufSize", Integer.toString(64 << 10)));
    }

    /// Requests and responses go through the same mapper as everything else, which also looks at what people typed; Boot's own would
    /// take unknown keys.
    @Bean
    JsonMapper jsonMapper() {
        return Json.mapper().rebuild().addModule(TypedText.module()).build();
    }

    /// Query parameters carry enums as JSON does.
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void addFormatters(FormatterRegistry registry) {
        ConverterFactory<String, Enum> kebab = new ConverterFactory<>() {
            @Override
            public <T extends Enum> org.springframework.core.convert.converter.Converter<String, T> getConverter(Class<T> type) {
                return written -> (T) Kebab.parse((Class) type, written);
            }
        };
        registry.addConverterFactory(kebab);
    }
}
