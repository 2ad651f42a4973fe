package io.throughline.identity;

/// A way to reach people. `kind` is a notation of the scheme `channels`.
public record Channel(String id, String key, String name, String kind) {}
