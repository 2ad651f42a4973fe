package io.throughline.evidence;

import io.throughline.content.NoticeKind;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// That a publisher said something of a registered work after it appeared. Never changed; one that was recorded by mistake gets an end.
///
/// @param id          `ntc_…`
/// @param noticedOn   when the publisher gave notice
/// @param doi         of the notice itself, as [io.throughline.shared.Doi] compares it
/// @param url         of the notice itself
/// @param recordedBy  a person's id
/// @param endedReason why it was a mistake; null while it stands
public record ReferenceNotice(String id, String referenceId, NoticeKind kind, LocalDate noticedOn, @Nullable String doi, @Nullable String url, String reason,
        String recordedBy, Instant recordedAt, @Nullable String endedReason) {

    public boolean stands() {
        return endedReason == null;
    }
}
