package io.throughline.content;

/// A place where an item is used.
///
/// @param itemId   the item that points
/// @param relation `claim`, `safety-information`, `prescribing-information`, `counterpart` or `step`
public record Use(String itemId, String key, String type, String locale, String title, String relation) {}
