package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTableTests {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"http://x.invalid\",\"a\")"})
    @Tag("S34")
    void whatASpreadsheetWouldTakeForAFormulaBeginsWithAnApostrophe(String text) {
        assertThat(MatrixTable.cell(text)).startsWith("\"'").endsWith("\"").contains(text.substring(0, 1));
    }

    @Test
    void quotesAndCommasStandInsideTheirCell() {
        assertThat(MatrixTable.cell("a, \"b\"")).isEqualTo("\"a, \"\"b\"\"\"");
        assertThat(MatrixTable.cell("plain")).isEqualTo("plain");
        assertThat(MatrixTable.cell("a-b")).isEqualTo("a-b");
        assertThat(MatrixTable.cell("")).isEmpty();
    }

    @Test
    void aCellIsALine() {
        var cell = new FrameworkMatrix.Cell("aware", "dosing", 4, 1, 2, List.of("obj_a", "obj_b"), 3, 0.9,
                new FrameworkMatrix.CellDemand(10, 2, 3, 1), new FrameworkMatrix.CellUse(7, 1, 0, 0, 4, 1), new FrameworkMatrix.Gap(1, 1.35));

        var table = MatrixTable.of(List.of(cell), (_, notation) -> "the " + notation, Map.of("obj_a", "A", "obj_b", "=B"), "HCPs", "", "United Kingdom", "", 30);

        assertThat(table.split("\r\n")[1]).isEqualTo("HCPs,,United Kingdom,,the aware,the dosing,4,0.9,1,2,3,1,1.35,10,2,3,7,1,0,4,1,30,A; =B");
        assertThat(table.split("\r\n")[0].split(",")).hasSameSizeAs(table.split("\r\n")[1].split(","));
    }
}
