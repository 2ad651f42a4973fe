package io.throughline.identity;

/// A way to reach people. `kind` is a notation of the scheme `channels`.
///
/// @param purgesByKey whether a CDN stands before it that purges by surrogate key on every withdrawal
public record Channel(String id, String key, String name, String kind, boolean purgesByKey) {}
