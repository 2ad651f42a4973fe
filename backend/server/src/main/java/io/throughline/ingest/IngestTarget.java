package io.throughline.ingest;

import org.jspecify.annotations.Nullable;

/// Where the drafts go: the kind, brand and locale that whoever sends the files has chosen.
record IngestTarget(String kind, @Nullable String brand, String locale) {}
