package io.throughline.review;

import org.jspecify.annotations.Nullable;

/// The item under review, with the title of the version that is reviewed.
public record JobItem(String id, String key, String title, String type, String kind, @Nullable String brand) {}
