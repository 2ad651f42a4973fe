package io.throughline.shared;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class SharedConfiguration implements WebMvcConfigurer {

    /// Requests and responses go through the same mapper as everything else; Boot's own would take unknown keys.
    @Bean
    JsonMapper jsonMapper() {
        return Json.mapper();
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
