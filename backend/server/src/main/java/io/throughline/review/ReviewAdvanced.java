package io.throughline.review;

/// A job was opened, resubmitted, judged, certified or cancelled. Published inside the transaction that did it.
public record ReviewAdvanced(String jobId, String itemId) {}
