package io.throughline.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that is not as it was when it was made.
///
/// @param kind  of record: `approval`, `blob`, `entry`, `root`
/// @param id    which one
/// @param what  differs, as a sentence
/// @param since the last moment at which it is known to have been right, UTC: it was altered after that; null when nothing is known
public record RecordFinding(String kind, String id, String what, @Nullable Instant since) {}
