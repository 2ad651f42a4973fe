package io.throughline.content;

/// A rule and whose it is. A text is bound by its own rules and by those of every item that it uses.
///
/// @param owner id of the item that the rule stands in or, of a market's rule, is for; the market where that makes no difference
public record HeldRule(String owner, Rule rule) {}
