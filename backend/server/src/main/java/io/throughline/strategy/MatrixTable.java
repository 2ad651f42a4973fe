package io.throughline.strategy;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the framework matrix as CSV (RFC 4180): a heading line, then a line a cell. Pure.
final class MatrixTable {

    private static final String HEADINGS = "Audience,Brand,Market,Channel,Stage,Need,Planned,Weight,Approved,In progress,Missing,"
            + "Gap rank,Gap score,Requests,Answered relaxed,Answered empty,Served,Used items,Never served,Shown,Shown items,Days,Objectives";
    private static final String END = "\r\n";

    private MatrixTable() {}

    /// @param words      scheme and notation to label
    /// @param objectives id to name
    static String of(List<FrameworkMatrix.Cell> cells, BinaryOperator<String> words, Map<String, String> objectives, String audience,
            String brand, String market, String channel, int days) {
        return HEADINGS + END + cells.stream()
                .map(it -> line(audience, brand, market, channel, words.apply("stages", it.stage()), words.apply("needs", it.need()),
                        it.planned(), it.weight(), it.approved(), it.inProgress(), it.missing(), it.gap() == null ? "" : it.gap().rank(),
                        it.gap() == null ? "" : it.gap().score(), it.demand().requests(), it.demand().relaxed(), it.demand().empty(),
                        it.use().served(), it.use().usedItems(), it.use().neverServed(), it.use().shown(), it.use().shownItems(), days,
                        it.objectives().stream().map(id -> objectives.getOrDefault(id, id)).collect(Collectors.joining("; "))))
                .collect(Collectors.joining());
    }

    private static String line(Object... values) {
        return Stream.of(values).map(it -> it instanceof String text ? cell(text) : it.toString()).collect(Collectors.joining(",")) + END;
    }

    /// S34: what a spreadsheet would take for a formula begins with an apostrophe.
    static String cell(String text) {
        var safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(it -> it == ',' || it == '"' || it == '\r' || it == '\n' || it == '\t' || it == '\'')
                ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
