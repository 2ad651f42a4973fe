package io.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// What was measured, as a Markdown table.
final class Figures {

    private static final Pattern COST = Pattern.compile("uncached sets a second: ([0-9.]+)");

    private record Row(String what, String measured, String asked, String met) {}

    private final List<Row> rows = new ArrayList<>();
    private final String load = load();
    private final String begin;
    private final String end;
    private final String size;
    private double uncachedPerSecond;

    /// @param items that are published; each number has its own place in the document
    Figures(int items) {
        size = text("%,d published items", items);
        begin = begin(items);
        end = end(items);
    }

    private static String begin(int items) {
        return "<!-- figures at " + items + ": written by the benchmark -->";
    }

    private static String end(int items) {
        return "<!-- end of figures at " + items + " -->";
    }

    /// Kept for the run with another number of items to compare with.
    void uncachedPerSecond(double rate) {
        uncachedPerSecond = rate;
    }

    /// What the run with that number of items kept.
    static OptionalDouble uncachedPerSecond(Path document, int items) throws IOException {
        var text = Files.readString(document);
        int from = text.indexOf(begin(items));
        int until = text.indexOf(end(items));
        var found = from < 0 || until < from ? null : COST.matcher(text.substring(from, until));
        return found != null && found.find() ? OptionalDouble.of(Double.parseDouble(found.group(1))) : OptionalDouble.empty();
    }

    void add(String what, String measured, String asked, boolean met) {
        var row = new Row(what, measured, asked, met ? "yes" : "**no**");
        rows.add(row);
        System.out.printf("%s: %s (asked: %s, met: %s)%n", what, measured, asked, met);
    }

    void note(String what, String measured) {
        rows.add(new Row(what, measured, "", ""));
        System.out.printf("%s: %s%n", what, measured);
    }

    /// The middle one; of an even number the lower of the two.
    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }

    /// The smallest value that is not exceeded by that share of the values.
    static double percentile(double share, List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    String table() throws IOException {
        var table = new StringBuilder();
        table.append("**").append(size).append(".** ");
        table.append(text("Measured %s on %s, %d processors, %.0f GiB of memory, Java %s, server heap `%s`, turns of %d seconds; load average before the run %s, after it %s.%n%n",
                Instant.now().truncatedTo(ChronoUnit.MINUTES), processor(), Runtime.getRuntime().availableProcessors(), memory() / (1024.0 * 1024),
                Runtime.version().feature(), Application.heap(), Benchmark.TURN.toSeconds(), load, load()));
        table.append("| what | measured | asked | met |\n|---|---|---|---|\n");
        rows.forEach(row -> table.append("| ").append(row.what()).append(" | ").append(row.measured()).append(" | ").append(row.asked()).append(" | ")
                .append(row.met()).append(" |\n"));
        table.append(text("%n<!-- uncached sets a second: %.1f -->%n", uncachedPerSecond));
        return table.toString();
    }

    /// Puts the table between the two marks of its number of items; what people wrote around it stays.
    void writeInto(Path document) throws IOException {
        var text = Files.readString(document);
        int from = text.indexOf(begin);
        int until = text.indexOf(end);
        if (from < 0 || until < from) {
            // another number of items than the page has a place for: at its end
            Files.writeString(document, text.stripTrailing() + "\n\n" + begin + "\n" + table() + end + "\n");
        } else {
            Files.writeString(document, text.substring(0, from + begin.length()) + "\n" + table() + text.substring(until));
        }
    }

    private static String load() {
        return firstLine("/proc/loadavg").split(" ")[0];
    }

    private static String processor() {
        return line("/proc/cpuinfo", "model name").replaceFirst("^.*:\\s*", "");
    }

    private static long memory() {
        var kilobytes = line("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes);
    }

    private static String firstLine(String file) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.findFirst().orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static String line(String file, String start) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
