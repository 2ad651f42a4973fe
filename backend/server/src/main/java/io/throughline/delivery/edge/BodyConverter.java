package io.throughline.delivery.edge;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/// Writes a [Body] piece by piece.
final class BodyConverter extends AbstractHttpMessageConverter<Body> {

    BodyConverter() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Body.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public List<MediaType> getSupportedMediaTypes(Class<?> type) {
        return supports(type) ? getSupportedMediaTypes() : List.of();
    }

    @Override
    protected Body readInternal(Class<? extends Body> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("nobody sends such a body", message);
    }

    @Override
    protected void writeInternal(Body body, HttpOutputMessage message) throws IOException {
        body.writeTo(message.getBody());
    }

    @Override
    protected Long getContentLength(Body body, @Nullable MediaType type) {
        return (long) body.length();
    }
}
