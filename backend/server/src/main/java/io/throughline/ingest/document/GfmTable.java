package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table as a pipe table. Markdown has no spans, so a spanning cell is repeated in every place it covers:
/// each value then still stands beside its own headings.
final class GfmTable {

    /// What is counted where a spanning cell is repeated.
    static final String REPEATED = "cells that span several rows or columns, in each place they cover";

    private static final int MOST_COLUMNS = 200;
    private static final int MOST_CELLS = 200_000;

    /// @param markdown one line, already escaped
    record Cell(String markdown, int columns, int rows) {
        Cell {
            columns = Math.clamp(columns, 1, MOST_COLUMNS);
            rows = Math.clamp(rows, 1, 1000);
        }

        boolean isRepeated() {
            return (columns > 1 || rows > 1) && !markdown.isEmpty();
        }
    }

    private final List<List<@Nullable String>> grid = new ArrayList<>();
    private int cells;

    /// @param header rows at the top that are headings; several become one, joined by ` – `
    static String write(List<List<Cell>> rows, int header) {
        var table = new GfmTable();
        for (var i = 0; i < rows.size(); i++) {
            table.place(i, rows.get(i), rows.size());
        }
        return table.markdown(header);
    }

    private void place(int row, List<Cell> line, int rowCount) {
        var column = 0;
        rowAt(row);
        for (var cell : line) {
            while (isTaken(row, column)) {
                column++;
            }
            for (var r = row; r < Math.min(row + cell.rows(), rowCount); r++) {
                for (var c = column; c < Math.min(column + cell.columns(), MOST_COLUMNS); c++) {
                    set(r, c, cell.markdown());
                }
            }
            column += cell.columns();
        }
    }

    private List<@Nullable String> rowAt(int row) {
        while (grid.size() <= row) {
            grid.add(new ArrayList<>());
        }
        return grid.get(row);
    }

    private boolean isTaken(int row, int column) {
        var line = rowAt(row);
        return column < line.size() && line.get(column) != null;
    }

    private String at(int row, int column) {
        var line = grid.get(row);
        var text = column < line.size() ? line.get(column) : null;
        return text == null ? "" : text;
    }

    private void set(int row, int column, String markdown) {
        if (++cells > MOST_CELLS) {
            throw Refused.tooComplex("One of its tables has more than %d cells.".formatted(MOST_CELLS));
        }
        var line = rowAt(row);
        while (line.size() <= column) {
            line.add(null);
        }
        line.set(column, markdown);
    }

    private String markdown(int header) {
        var width = grid.stream().mapToInt(List::size).max().orElse(0);
        var body = IntStream.range(header, grid.size())
                .filter(row -> IntStream.range(0, width).anyMatch(it -> !at(row, it).isEmpty()))
                .mapToObj(row -> IntStream.range(0, width).mapToObj(it -> at(row, it)).toList())
                .toList();
        var headings = new ArrayList<String>();
        for (var column = 0; column < width; column++) {
            var parts = new ArrayList<String>();
            for (var row = 0; row < Math.min(header, grid.size()); row++) {
                var text = at(row, column);
                if (!text.isEmpty() && (parts.isEmpty() || !parts.getLast().equals(text))) {
                    parts.add(text);
                }
            }
            headings.add(String.join(" – ", parts));
        }
        if (body.isEmpty() && headings.stream().allMatch(String::isEmpty)) {
            return "";
        }
        var out = new StringBuilder();
        line(out, headings);
        out.append("\n|").append(" --- |".repeat(width));
        for (var row : body) {
            out.append('\n');
            line(out, row);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append('|');
        cells.forEach(it -> out.append(' ').append(it).append(it.isEmpty() ? "|" : " |"));
    }
}
