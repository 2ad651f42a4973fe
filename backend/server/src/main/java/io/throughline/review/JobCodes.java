package io.throughline.review;

import java.util.regex.Pattern;

/// Writes job codes (UK-7) by a market pack's pattern: `GB-{year}-{number:04}` gives `GB-2026-0412`.
final class JobCodes {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");
    private static final Pattern NUMBER = Pattern.compile("number(?::0?([1-9]))?");

    private JobCodes() {}

    /// @param year   of the job's opening, UTC
    /// @param number counted per market and year, from 1; longer than the pattern's width is written out in full
    /// @throws IllegalArgumentException when the pattern lacks the year or number or has anything else in braces
    static String format(String pattern, int year, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("job numbers start at 1, not " + number);
        }
        if (!pattern.contains("{year}") || !pattern.contains("{number")) {
            throw new IllegalArgumentException("job code pattern '" + pattern + "' needs {year} and {number}: codes would repeat");
        }
        return PLACEHOLDER.matcher(pattern).replaceAll(it -> placeholder(pattern, it.group(1), year, number));
    }

    private static String placeholder(String pattern, String name, int year, int number) {
        if (name.equals("year")) {
            return Integer.toString(year);
        }
        var width = NUMBER.matcher(name);
        if (!width.matches()) {
            throw new IllegalArgumentException("job code pattern '" + pattern + "' has the unknown placeholder {" + name + "}");
        }
        var digits = Integer.toString(number);
        return width.group(1) == null ? digits : "0".repeat(Math.max(0, Integer.parseInt(width.group(1)) - digits.length())) + digits;
    }
}
