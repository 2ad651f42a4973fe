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

/// What was measured, as a Markdown table.
final class Figures {

    private static final String BEGIN = "<!-- figures: written by the benchmark -->";
    private static final String END = "<!-- end of figures -->";

    private record Row(String what, String measured, String asked, String met) {}

    private final List<Row> rows = new ArrayList<>();
    private final String load = load();

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
        table.append(text("Measured %s on %s, %d processors, %.0f GiB of memory, Java %s, server heap `%s`; load average before the run %s, after it %s.%n%n",
                Instant.now().truncatedTo(ChronoUnit.MINUTES), processor(), Runtime.getRuntime().availableProcessors(), memory() / (1024.0 * 1024),
                Runtime.version().feature(), Application.heap(), load, load()));
        table.append("| what | measured | asked | met |\n|---|---|---|---|\n");
        rows.forEach(row -> table.append("| ").append(row.what()).append(" | ").append(row.measured()).append(" | ").append(row.asked()).append(" | ")
                .append(row.met()).append(" |\n"));
        return table.toString();
    }

    /// Puts the table between its two marks; what people wrote around it stays.
    void writeInto(Path document) throws IOException {
        var text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(document + " has lost the marks that the table goes between");
        }
        Files.writeString(document, text.substring(0, begin + BEGIN.length()) + "\n" + table() + text.substring(end));
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
