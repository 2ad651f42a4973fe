package io.throughline.search;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import io.throughline.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LibraryController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 200;
    private static final int LONGEST_TEXT = 400;
    private static final Set<String> SORTS = Set.of("relevance", "-updated", "title");
    private static final Map<String, String> SCHEMES = Map.of("audience", "audiences", "stage", "stages", "need", "needs", "topic", "topics");

    private final Library library;
    private final ItemDetails details;
    private final Taxonomy taxonomy;

    LibraryController(Library library, ItemDetails details, Taxonomy taxonomy) {
        this.library = library;
        this.details = details;
        this.taxonomy = taxonomy;
    }

    @Allowed
    @GetMapping("/manage/v1/items")
    Library.Answer list(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Boolean impacted,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String audience,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String need,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(defaultValue = "relevance") String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        if (q != null && q.length() > LONGEST_TEXT) {
            throw invalid("q", "q has at most " + LONGEST_TEXT + " characters.");
        }
        if (!SORTS.contains(sort)) {
            throw invalid("sort", "sort is relevance, -updated or title.");
        }
        int size = limit == null ? DEFAULT_LIMIT : limit;
        if (size < 1 || size > LARGEST_LIMIT) {
            throw invalid("limit", "limit is a number from 1 to " + LARGEST_LIMIT + ".");
        }
        var given = new LinkedHashMap<String, @Nullable String>();
        given.put("type", type);
        given.put("state", state);
        given.put("kind", kind);
        given.put("brand", brand);
        given.put("market", market);
        given.put("audience", audience);
        given.put("stage", stage);
        given.put("need", need);
        given.put("topic", topic);
        given.put("locale", locale);
        var filters = new LinkedHashMap<String, Set<String>>();
        given.forEach((name, value) -> {
            if (value != null) {
                filters.put(name, values(name, value));
            }
        });
        if (impacted != null) {
            filters.put("impacted", Set.of(impacted.toString()));
        }
        return library.search(actor, new Library.Question(q == null || q.isBlank() ? null : q, filters, sort, size, after));
    }

    @Allowed
    @GetMapping("/manage/v1/items/{id}")
    ItemDetails.ItemDetail get(Actor actor, @PathVariable String id) {
        return details.get(actor, id);
    }

    private Set<String> values(String name, String value) {
        var values = new LinkedHashSet<String>();
        for (var part : Arrays.asList(value.split(",", -1))) {
            if (part.isBlank() || part.length() > 100) {
                throw invalid(name, "Give values with commas between them, or leave '" + name + "' out.");
            }
            var scheme = SCHEMES.get(name);
            if (scheme == null) {
                values.add(part.strip());
            } else if (taxonomy.find(scheme, part.strip()).isEmpty()) {
                throw invalid(name, "There is no such notation in the scheme '" + scheme + "'.");
            } else {
                values.addAll(taxonomy.narrowerOrSame(scheme, part.strip()));
            }
        }
        return values;
    }

    private static ProblemException invalid(String parameter, String message) {
        return Problem.INVALID_QUERY.because(message, List.of(new FieldError("invalid-parameter", parameter, message)));
    }
}
