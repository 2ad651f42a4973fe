package io.throughline.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/// The one byte form of a JSON value (RFC 8785, JSON Canonicalization Scheme): what is hashed and signed.
///
/// Property names in UTF-16 order, no white space, numbers as ECMAScript writes them. A number that a double can't carry
/// exactly as it was written, and a string with a lone surrogate, are refused with IllegalArgumentException: rounding
/// would give two different records one hash.
public final class CanonicalJson {

    private CanonicalJson() {}

    public static byte[] bytes(JsonNode value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(JsonNode value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /// SHA-256 over the canonical bytes, hexadecimal.
    public static String sha256(JsonNode value) {
        return Sha256.hex(bytes(value));
    }

    private static void write(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < value.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    write(value.get(i), out);
                }
                out.append(']');
            }
            case STRING -> writeString(value.stringValue(), out);
            case NUMBER -> out.append(number(value));
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException("a %s node is not JSON".formatted(value.getNodeType()));
        }
    }

    private static void writeObject(JsonNode object, StringBuilder out) {
        var names = new ArrayList<>(object.propertyNames());
        names.sort(null); // String compares UTF-16 code units, as RFC 8785, 3.2.3 asks
        out.append('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            writeString(names.get(i), out);
            out.append(':');
            write(object.get(names.get(i)), out);
        }
        out.append('}');
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else if (Character.isSurrogate(c)) {
                        if (!Character.isHighSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                            throw new IllegalArgumentException("the text has half of a surrogate pair at position " + i);
                        }
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static String number(JsonNode node) {
        if (node.isFloat()) {
            throw new IllegalArgumentException("single-precision numbers have no canonical form here, use a double");
        }
        var text = number(node.doubleValue(0));
        // only those two kinds may have more digits than the double they became
        if ((node.isIntegralNumber() || node.isBigDecimal()) && new BigDecimal(text).compareTo(node.decimalValue()) != 0) {
            throw new IllegalArgumentException(
                    "the number %s has more digits than JSON exchanges safely (RFC 7493); send it as text".formatted(node));
        }
        return text;
    }

    /// As ECMAScript's Number::toString writes it.
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        if (value == 0) {
            return "0"; // minus zero too
        }
        var shortest = shortest(Math.abs(value));
        var digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // value = 0.digits x 10^point
        var sign = value < 0 ? "-" : "";
        if (digits.length() <= point && point <= 21) {
            return sign + digits + "0".repeat(point - digits.length());
        }
        if (0 < point && point <= 21) {
            return sign + digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private static BigDecimal shortest(double value) {
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() == 2) {
            // Double.toString never goes below two digits (4.9E-324), ECMAScript does (5e-324)
            var rounded = digits.round(new java.math.MathContext(1, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return digits;
    }
}
