package io.throughline.shared;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// What people type into a request: names, reasons, notes, comments. Control characters and those that override the direction of
/// writing are refused, because what is shown would not be what is stored (Unicode TR 36, "bidirectional text spoofing").
/// Line ends and tabs are text.
final class TypedText extends StdScalarDeserializer<String> {

    /// The message says which character and what to do.
    static final class Refused extends DatabindException {

        private static final long serialVersionUID = 1L;

        Refused(JsonParser parser, int character) {
            super(parser, "has the character U+%04X (%s), which can't be seen and changes what is read; take it out."
                    .formatted(character, name(character)));
        }

        private static String name(int character) {
            var name = Character.getName(character);
            return name == null ? "control character" : name.toLowerCase(Locale.ROOT);
        }
    }

    private TypedText() {
        super(String.class);
    }

    static SimpleModule module() {
        return new SimpleModule("typed-text").addDeserializer(String.class, new TypedText());
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        var text = StringDeserializer.instance.deserialize(parser, context);
        if (text != null) {
            text.codePoints().filter(TypedText::isRefused).findFirst().ifPresent(character -> {
                throw new Refused(parser, character);
            });
        }
        return text;
    }

    /// C0 and C1 controls but tab and line ends; embeddings, overrides and isolates of the bidirectional algorithm; line and
    /// paragraph separators. U+0000 has its own answer.
    static boolean isRefused(int character) {
        return Character.isISOControl(character) && character != '\t' && character != '\n' && character != '\r'
                || character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069
                || character == 0x2028 || character == 0x2029;
    }
}
