package io.throughline.content;

import org.jspecify.annotations.Nullable;

/// A piece of a document that people read and judge as one: a field, a paragraph, a list entry, a table, a reference.
///
/// @param field   the document's field it stands in: `title`, `body`, `references` …
/// @param heading where it stands: headings above it from the outermost, joined by ` › `; null at the top
/// @param text    its words, without mark-up
/// @param source  its Markdown; equal to `text` outside Markdown fields. Two blocks are equal when field and source are
public record Block(String field, @Nullable String heading, String text, String source) {}
