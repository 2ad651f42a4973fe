package io.throughline.shared;

import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// What people type into a request: names, reasons, notes, comments, titles. Control characters and those that override the direction of
/// writing are refused, because what is shown would not be what is stored (Unicode TR 36, "bidirectional text spoofing").
/// Line ends and tabs are text.
public final class TypedText extends StdScalarDeserializer<String> {

    /// The message says which character and what to do.
    static final class Refused extends DatabindException {

        private static final long serialVersionUID = 1L;

        Refused(JsonParser parser, int character) {
            super(parser, sentence(character));
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
            findRefused(text).ifPresent(character -> {
                throw new Refused(parser, character);
            });
        }
        return text;
    }

    /// The first character that is not taken.
    public static OptionalInt findRefused(String text) {
        return text.codePoints().filter(TypedText::isRefused).findFirst();
    }

    /// What is wrong with it and what to do, after "it", "the text".
    public static String sentence(int character) {
        var name = Character.getName(character);
        return "has the character U+%04X (%s), which can't be seen and changes what is read; take it out."
                .formatted(character, name == null ? "control character" : name.toLowerCase(Locale.ROOT));
    }

    /// The same text with a blank for each of them: of a source that nobody here typed.
    public static String cleaned(String text) {
        var cleaned = new StringBuilder(text.length());
        text.codePoints().forEach(character -> cleaned.appendCodePoint(isRefused(character) ? ' ' : character));
        return cleaned.toString();
    }

    /// C0 and C1 controls but tab and line ends; embeddings, overrides and isolates of the bidirectional algorithm; line and
    /// paragraph separators. U+0000 has its own answer.
    static boolean isRefused(int character) {
        return Character.isISOControl(character) && character != '\t' && character != '\n' && character != '\r'
                || character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069
                || character == 0x2028 || character == 0x2029;
    }
}
