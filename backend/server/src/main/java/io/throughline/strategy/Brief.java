package io.throughline.strategy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a writer is asked to make for a cell of the framework matrix.
///
/// @param strategyNumber the version that was active when the brief was written
/// @param brand          null for content that belongs to no brand
/// @param claims         ids of claims that were approved and effective in the market when they were chosen; `modules` likewise
/// @param dueOn          UTC, inclusive
/// @param writer         id of the person who writes
/// @param itemId         the item that was started from it
record Brief(
        String id,
        String title,
        String strategyId,
        int strategyNumber,
        String objectiveId,
        String objectiveName,
        String audience,
        String stage,
        String need,
        @Nullable String brand,
        String market,
        List<String> keyMessages,
        List<String> claims,
        List<String> modules,
        LocalDate dueOn,
        String writer,
        BriefState state,
        int revision,
        @Nullable String itemId,
        @Nullable String cancellationReason,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {

    /// What may still be said about an open brief; cell and objective stay.
    record Content(String title, List<String> keyMessages, List<String> claims, List<String> modules, LocalDate dueOn, String writer) {
        Content {
            keyMessages = List.copyOf(keyMessages);
            claims = List.copyOf(claims);
            modules = List.copyOf(modules);
        }
    }

    Brief {
        keyMessages = List.copyOf(keyMessages);
        claims = List.copyOf(claims);
        modules = List.copyOf(modules);
    }

    boolean isUnfinished() {
        return state == BriefState.OPEN || state == BriefState.IN_WORK;
    }

    Brief with(Content content, Instant now) {
        return new Brief(id, content.title(), strategyId, strategyNumber, objectiveId, objectiveName, audience, stage, need, brand, market,
                content.keyMessages(), content.claims(), content.modules(), content.dueOn(), content.writer(), state, revision + 1, itemId,
                cancellationReason, createdBy, createdAt, now);
    }

    Brief in(BriefState next, @Nullable String item, @Nullable String reason, Instant now) {
        return new Brief(id, title, strategyId, strategyNumber, objectiveId, objectiveName, audience, stage, need, brand, market, keyMessages,
                claims, modules, dueOn, writer, next, revision + 1, item, reason, createdBy, createdAt, now);
    }
}
