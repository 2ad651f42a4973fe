package io.throughline.strategy;

import io.throughline.content.IfMatch;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.strategy.BriefDesk.Outcome;
import io.throughline.taxonomy.Taxonomy;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/manage/v1/briefs")
class BriefController {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST_PER_PAGE = 100;
    private static final int MOST_CHOICES = 20;

    record ObjectiveRef(String strategyId, String objectiveId) {}

    record NewBriefBody(String title, ObjectiveRef objective, String audience, String stage, String need, @Nullable String brand, String market,
            List<String> keyMessages, List<String> claims, List<String> modules, LocalDate dueOn, String writer) {}

    record BriefChange(String title, List<String> keyMessages, List<String> claims, List<String> modules, LocalDate dueOn, String writer) {}

    record Cancellation(String reason) {}

    record NewDraft(String type, String kind, String locale) {}

    record BriefList(List<BriefRow> briefs, @Nullable String nextCursor) {}

    private final BriefDesk desk;
    private final BriefStore store;
    private final Briefs briefs;
    private final BriefViews views;
    private final MatrixScope scopes;
    private final Taxonomy taxonomy;

    BriefController(BriefDesk desk, BriefStore store, Briefs briefs, BriefViews views, MatrixScope scopes, Taxonomy taxonomy) {
        this.desk = desk;
        this.store = store;
        this.briefs = briefs;
        this.views = views;
        this.scopes = scopes;
        this.taxonomy = taxonomy;
    }

    @Allowed
    @GetMapping
    BriefList list(Actor actor, @RequestParam(required = false) @Nullable String state, @RequestParam(required = false) @Nullable String writer,
            @RequestParam(required = false) @Nullable String brand, @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String audience, @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String need, @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        int size = limit == null ? DEFAULT_LIMIT : limit;
        if (size < 1 || size > MOST_PER_PAGE) {
            throw invalid("limit", "Ask for 1 to %d briefs.".formatted(MOST_PER_PAGE));
        }
        var states = choices("state", state);
        var known = Arrays.stream(BriefState.values()).map(Kebab::of).toList();
        if (states != null && !known.containsAll(states)) {
            throw invalid("state", "Choose among %s.".formatted(String.join(", ", known)));
        }
        var filter = new BriefStore.Filter(states, "me".equals(writer) ? actor.id() : writer, choices("brand", brand), choices("market", market),
                within("audiences", "audience", audience), stage, within("needs", "need", need));
        if (stage != null) {
            scopes.require("stages", "stage", stage);
        }
        var found = store.list(actor, filter, size + 1, after == null ? null : cursor(after));
        var page = found.stream().limit(size).toList();
        return new BriefList(briefs.rows(page), found.size() > size ? page.getLast().dueOn() + "~" + page.getLast().id() : null);
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping
    ResponseEntity<BriefViews.BriefView> create(Actor actor, @RequestBody NewBriefBody it) {
        var outcome = desk.create(actor, new BriefDesk.NewBrief(it.objective().strategyId(), it.objective().objectiveId(), it.audience(), it.stage(), it.need(),
                it.brand(), it.market(), it.title(), it.keyMessages(), it.claims(), it.modules(), it.dueOn(), it.writer()));
        return switch (outcome) {
            case Outcome.Done(var id, _) -> {
                var view = read(actor, id);
                yield ResponseEntity.created(URI.create("/manage/v1/briefs/" + id)).eTag(etag(view)).body(view);
            }
            case Outcome other -> throw refusal(other);
        };
    }

    @Allowed
    @GetMapping("/{id}")
    ResponseEntity<BriefViews.BriefView> brief(Actor actor, @PathVariable String id) {
        var view = read(actor, id);
        return ResponseEntity.ok().eTag(etag(view)).body(view);
    }

    @Allowed(Role.STRATEGIST)
    @PutMapping("/{id}")
    ResponseEntity<BriefViews.BriefView> change(Actor actor, @PathVariable String id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch, @RequestBody BriefChange it) {
        read(actor, id);
        int revision = IfMatch.revision(ifMatch);
        return answer(actor, id, desk.change(actor, id, revision,
                new Brief.Content(it.title().strip(), it.keyMessages(), it.claims(), it.modules(), it.dueOn(), it.writer())));
    }

    @Allowed(Role.STRATEGIST)
    @PostMapping("/{id}/cancellation")
    ResponseEntity<BriefViews.BriefView> cancel(Actor actor, @PathVariable String id, @RequestBody Cancellation it) {
        return answer(actor, id, desk.cancel(actor, id, it.reason()));
    }

    @Allowed(Role.WRITER)
    @PostMapping("/{id}/draft")
    ResponseEntity<BriefViews.BriefView> startDraft(Actor actor, @PathVariable String id, @RequestBody NewDraft it) {
        return switch (desk.startDraft(actor, id, it.type(), it.kind(), it.locale())) {
            case Outcome.Started(_, var itemId, var fresh) -> fresh
                    ? ResponseEntity.created(URI.create("/manage/v1/items/" + itemId)).body(read(actor, id)) : ResponseEntity.ok(read(actor, id));
            case Outcome other -> throw refusal(other);
        };
    }

    private ResponseEntity<BriefViews.BriefView> answer(Actor actor, String id, Outcome outcome) {
        if (!(outcome instanceof Outcome.Done)) {
            throw refusal(outcome);
        }
        var view = read(actor, id);
        return ResponseEntity.ok().eTag(etag(view)).body(view);
    }

    private BriefViews.BriefView read(Actor actor, String id) {
        return views.view(actor, store.find(actor, id).map(store::whole).orElseThrow(BriefController::notFound));
    }

    private static String etag(BriefViews.BriefView view) {
        return "\"r" + view.revision() + "\"";
    }

    private static RuntimeException refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotFound() -> notFound();
            case Outcome.Invalid(var findings) -> Problem.VALIDATION_FAILED.because(findings.getFirst().message(), findings.stream().map(FieldError::of).toList());
            case Outcome.Stale(var current) -> Problem.VERSION_CONFLICT.because(
                    "Somebody changed this brief in between; it is at revision %d now. Read it again and make your change anew.".formatted(current));
            case Outcome.OutOfSequence(var detail) -> Problem.OUT_OF_SEQUENCE.because(detail);
            case Outcome.NotAllowed(var detail) -> Problem.FORBIDDEN.because(detail);
            case Outcome.Done _, Outcome.Started _ -> new IllegalStateException("not a refusal: " + outcome);
        };
    }

    private @Nullable Set<String> within(String scheme, String parameter, @Nullable String notation) {
        if (notation == null) {
            return null;
        }
        scopes.require(scheme, parameter, notation);
        return taxonomy.narrowerOrSame(scheme, notation);
    }

    private static @Nullable Set<String> choices(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var choices = new LinkedHashSet<>(Arrays.asList(text.split(",", -1)));
        if (choices.size() > MOST_CHOICES || choices.stream().anyMatch(String::isBlank)) {
            throw invalid(parameter, "Give 1 to %d values with commas between them.".formatted(MOST_CHOICES));
        }
        return choices;
    }

    private static BriefStore.Cursor cursor(String after) {
        var parts = after.split("~", 2);
        try {
            if (parts.length == 2 && parts[1].matches("brf_[0-9A-Za-z]{1,40}")) {
                return new BriefStore.Cursor(LocalDate.parse(parts[0]), parts[1]);
            }
        } catch (DateTimeParseException malformed) {
            throw invalid("after", "'after' is the nextCursor of the page before.");
        }
        throw invalid("after", "'after' is the nextCursor of the page before.");
    }

    private static RuntimeException invalid(String parameter, String detail) {
        return Problem.INVALID_QUERY.because(detail, List.of(new FieldError("not-allowed-value", parameter, detail)));
    }

    private static RuntimeException notFound() {
        return Problem.NOT_FOUND.because("There is no such brief, or its brand or market is not yours. Look it up in the list of briefs.");
    }
}
