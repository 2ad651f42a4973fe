package io.throughline.ingest.document;

import java.util.List;

/// One block of a document that has no reliable structure of its own (DOCX, PDF, HTML), in reading order.
sealed interface Flow {

    /// @param level as the source counts it, from 1
    record Heading(int level, InlineRun text) implements Flow {}

    record Paragraph(InlineRun text) implements Flow {}

    /// @param depth from 0
    /// @param number as it is shown: `3.`, `(b)`; empty for a bullet
    record Item(int depth, String number, InlineRun text) implements Flow {}

    record Quote(InlineRun text) implements Flow {}

    record Code(String text) implements Flow {}

    /// @param header rows at the top that are headings
    record Table(List<List<GfmTable.Cell>> rows, int header) implements Flow {}
}
