package io.throughline.audit;

/// What an entry is about: `("item", "itm_…")`.
public record AuditSubject(String type, String id) {}
