package io.throughline.ingest.document;

import java.util.Locale;

/// Numbers of lists in their scripts. Names of formats are those of Word; [#html] knows those of HTML and JATS.
final class ListNumber {

    private static final String[] ROMAN = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};

    private ListNumber() {}

    /// @param number from 1
    static String of(int number, String format) {
        return switch (format) {
            case "lowerLetter" -> letters(number);
            case "upperLetter" -> letters(number).toUpperCase(Locale.ROOT);
            case "lowerRoman" -> roman(number);
            case "upperRoman" -> roman(number).toUpperCase(Locale.ROOT);
            case "decimalZero" -> number < 10 ? "0" + number : Integer.toString(number);
            default -> Integer.toString(number);
        };
    }

    /// `a`, `A`, `i`, `I` as HTML says it, `alpha-lower` and so on as JATS does; everything else is decimal.
    static String html(String type) {
        return switch (type) {
            case "a", "lower-alpha", "lower-latin", "alpha-lower" -> "lowerLetter";
            case "A", "upper-alpha", "upper-latin", "alpha-upper" -> "upperLetter";
            case "i", "lower-roman", "roman-lower" -> "lowerRoman";
            case "I", "upper-roman", "roman-upper" -> "upperRoman";
            default -> "decimal";
        };
    }

    /// `(b)`; plain numbers as lists write them.
    static String label(int number, String format) {
        return format.equals("decimal") || number < 1 ? number + "." : "(" + of(number, format) + ")";
    }

    /// a to z, then aa, ab.
    private static String letters(int number) {
        var out = new StringBuilder();
        for (var rest = number; rest > 0; rest = (rest - 1) / 26) {
            out.insert(0, (char) ('a' + (rest - 1) % 26));
        }
        return out.toString();
    }

    private static String roman(int number) {
        var out = new StringBuilder();
        var rest = Math.min(number, 3999);
        for (var i = 0; i < VALUES.length; i++) {
            for (; rest >= VALUES[i]; rest -= VALUES[i]) {
                out.append(ROMAN[i]);
            }
        }
        return out.toString();
    }
}
