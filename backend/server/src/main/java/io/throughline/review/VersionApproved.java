package io.throughline.review;

/// A version was certified for a market. Published inside the transaction that certified it.
public record VersionApproved(String approvalId, String itemId, String locale, String market) {}
