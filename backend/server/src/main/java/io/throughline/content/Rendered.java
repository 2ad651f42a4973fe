package io.throughline.content;

/// What a Markdown text becomes.
///
/// @param html      sanitised: safe to place into a page as it stands (S21)
/// @param plainText the same words without any mark-up, blocks separated by an empty line
public record Rendered(String html, String plainText) {}
