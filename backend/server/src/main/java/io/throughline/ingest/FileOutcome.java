package io.throughline.ingest;

import io.throughline.shared.Finding;
import java.util.List;

/// What became of one file.
sealed interface FileOutcome {

    /// What was read of the file, whether it became a new draft or had become one before.
    ///
    /// @param sections all headings, those of sub-articles included
    record Account(String itemId, String key, String title, int sections, int tables, int references, List<String> warnings) {
        public Account {
            warnings = List.copyOf(warnings);
        }
    }

    record Created(Account account) implements FileOutcome {}

    /// The same bytes became an item of the same kind and brand before; nothing was written.
    record Duplicate(Account account) implements FileOutcome {}

    /// The file could not be read; see [io.throughline.ingest.document.ParseRefusal].
    ///
    /// @param code   `file-broken`, `unsupported-format`, …
    /// @param detail what is wrong and what to do next
    record Unreadable(String code, String detail) implements FileOutcome {}

    /// The content rules refuse what was read; the findings say why.
    record Invalid(List<Finding> findings) implements FileOutcome {
        public Invalid {
            findings = List.copyOf(findings);
        }
    }
}
