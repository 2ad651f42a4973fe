package io.throughline.content;

import io.throughline.content.ContentDesk.Discarding;
import io.throughline.content.ContentDesk.Confirming;
import io.throughline.content.ContentDesk.Saving;
import io.throughline.content.ContentDesk.Starting;
import io.throughline.content.Views.DraftView;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Finding;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// Drafts: read, start, save, throw away, and what they still lack.
@RestController
@RequestMapping("/manage/v1/items/{id}/drafts")
class DraftController {

    private static final int MAX_REASON = 2000;

    record NewDraftBody(@Nullable String locale, @Nullable String fromLocale, @Nullable Integer fromVersion) {}

    record DraftBody(@Nullable ObjectNode document) {}

    record Findings(List<Finding> findings) {}

    private final ContentDesk desk;
    private final Contents contents;
    private final ContentRules rules;
    private final MarketPacks packs;
    private final Views views;

    DraftController(ContentDesk desk, Contents contents, ContentRules rules, MarketPacks packs, Views views) {
        this.desk = desk;
        this.contents = contents;
        this.rules = rules;
        this.packs = packs;
        this.views = views;
    }

    @PostMapping
    @Allowed(Role.WRITER)
    ResponseEntity<DraftView> start(Actor actor, @PathVariable String id, @RequestBody NewDraftBody body) {
        var item = contents.getVisible(actor, id);
        return switch (desk.startDraft(actor, item.id(), Views.required(body.locale(), "/locale"), body.fromLocale(), body.fromVersion())) {
            case Starting.Started(var draft) -> ResponseEntity
                    .created(URI.create("/manage/v1/items/" + item.id() + "/drafts/" + draft.locale()))
                    .eTag(draft.etag()).body(view(item, draft));
            case Starting.DraftExists(var draft) -> throw Problem.CONFLICT.because(
                    "%s already has a draft in %s, at revision %d; go on with that one.".formatted(item.key(), draft.locale(), draft.revision()));
            case Starting.UnknownLocale(var locale) -> throw Problem.INVALID_BODY.because("Choose a locale of the vocabulary.",
                    List.of(new FieldError("not-allowed-value", "/locale", "is not in the vocabulary of locales")));
            case Starting.NotFound() -> throw Problem.NOT_FOUND.because(
                    "%s has no such text to copy; its versions stand in /manage/v1/items/%s/versions.".formatted(item.key(), item.key()));
        };
    }

    @GetMapping("/{locale}")
    @Allowed
    ResponseEntity<DraftView> read(Actor actor, @PathVariable String id, @PathVariable String locale) {
        var item = contents.getVisible(actor, id);
        var draft = contents.findDraft(item.id(), locale).orElseThrow(() -> missing(item, locale));
        return ResponseEntity.ok().eTag(draft.etag()).body(view(item, draft));
    }

    @PutMapping("/{locale}")
    @Allowed(Role.WRITER)
    ResponseEntity<DraftView> save(Actor actor, @PathVariable String id, @PathVariable String locale,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch, @RequestBody DraftBody body) {
        var item = contents.getVisible(actor, id);
        int revision = IfMatch.revision(ifMatch);
        return switch (desk.saveDraft(actor, item.id(), locale, revision, Views.required(body.document(), "/document"))) {
            case Saving.Saved(var draft, var findings) -> ResponseEntity.ok().eTag(draft.etag()).body(views.draft(item, draft, findings));
            case Saving.Stale(var current) -> throw IfMatch.stale(current);
            case Saving.Invalid(var findings) -> throw Views.invalid(findings);
            case Saving.NotFound() -> throw missing(item, locale);
        };
    }

    @DeleteMapping("/{locale}")
    @Allowed(Role.WRITER)
    ResponseEntity<Void> delete(Actor actor, @PathVariable String id, @PathVariable String locale,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch, @RequestParam String reason) {
        var item = contents.getVisible(actor, id);
        int revision = IfMatch.revision(ifMatch);
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            throw Problem.INVALID_QUERY.because("Say in 1 to %d characters why the draft is thrown away.".formatted(MAX_REASON),
                    List.of(new FieldError(reason.isBlank() ? "required" : "too-long", "reason", "is needed, within its limits")));
        }
        return switch (desk.deleteDraft(actor, item.id(), locale, revision, reason)) {
            case Discarding.Discarded() -> ResponseEntity.noContent().build();
            case Discarding.Stale(var current) -> throw IfMatch.stale(current);
            case Discarding.OnlyCopy() -> throw Problem.CONFLICT.because("This draft is the only copy of %s; it stays.".formatted(item.key()));
            case Discarding.NotFound() -> throw missing(item, locale);
        };
    }

    @PostMapping("/{locale}/copy-confirmation")
    @Allowed(Role.WRITER)
    DraftView confirmCopy(Actor actor, @PathVariable String id, @PathVariable String locale,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var item = contents.getVisible(actor, id);
        return switch (desk.confirmCopy(actor, item.id(), locale, IfMatch.revision(ifMatch))) {
            case Confirming.Confirmed(var draft) -> view(item, draft);
            case Confirming.Stale(var current) -> throw IfMatch.stale(current);
            case Confirming.NotOneLanguage() -> throw Problem.CONFLICT.because(
                    "Only a copy from a locale of the same language can be right as it stands. Translate this one.");
            case Confirming.NotFound() -> throw missing(item, locale);
        };
    }

    @GetMapping("/{locale}/findings")
    @Allowed
    Findings findings(Actor actor, @PathVariable String id, @PathVariable String locale, @RequestParam(required = false) @Nullable String market) {
        var item = contents.getVisible(actor, id);
        var draft = contents.findDraft(item.id(), locale).orElseThrow(() -> missing(item, locale));
        return new Findings(rules.check(item, locale, draft.document(), market == null ? null : pack(market), Moment.WRITING));
    }

    private MarketPack pack(String market) {
        return packs.find(market).orElseThrow(() -> Problem.INVALID_QUERY.because("Choose a market that has a market pack.",
                List.of(new FieldError("not-allowed-value", "market", "has no market pack"))));
    }

    private DraftView view(Item item, Draft draft) {
        return views.draft(item, draft, rules.check(item, draft.locale(), draft.document(), null, Moment.WRITING));
    }

    private static RuntimeException missing(Item item, String locale) {
        return Problem.NOT_FOUND.because("%s has no draft in %s; start one with POST /manage/v1/items/%s/drafts.".formatted(item.key(), locale, item.key()));
    }
}
