package io.throughline.content;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The identity of a piece of content; drafts and versions hang on it. Nothing in it ever changes.
///
/// @param id    `itm_…`
/// @param key   short and readable, counted per type: `ART-93`
/// @param type  name of a content type: `article`
/// @param kind  `promotional`, `non-promotional` or `scientific-exchange`; the three never mix in one content set
/// @param brand null: belongs to no brand and is open to everyone
public record Item(String id, String key, String type, String kind, @Nullable String brand, String createdBy, Instant createdAt) {}
