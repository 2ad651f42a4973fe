package io.throughline.evidence;

import io.throughline.content.ContentTypes;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Doi;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// The register of references for writers: what is known by a DOI or a PMID, and a work that nobody has entered yet.
@RestController
@RequestMapping("/manage/v1/references")
class ReferenceController {

    private static final Pattern PMID = Pattern.compile("[0-9]{1,9}");

    /// @param notices also those that were ended; the newest first
    record ReferenceView(String id, ObjectNode csl, List<ReferenceNotice> notices) {}

    record Found(List<ReferenceView> references) {}

    record NewReferenceBody(@Nullable ObjectNode csl) {}

    private final References references;
    private final ReferenceNotices notices;
    private final ContentTypes types;

    ReferenceController(References references, ReferenceNotices notices, ContentTypes types) {
        this.references = references;
        this.notices = notices;
        this.types = types;
    }

    /// By one of the two; nothing outside is asked.
    @GetMapping
    @Allowed
    Found find(@RequestParam(required = false) @Nullable String doi, @RequestParam(required = false) @Nullable String pmid) {
        if (doi == null == (pmid == null)) {
            throw Problem.INVALID_QUERY.because("Give a doi or a pmid, one of them.",
                    List.of(new FieldError("required", "doi", "or pmid is needed, not both")));
        }
        if (doi != null) {
            return found(references.listByDoi(Doi.plain(doi).orElseThrow(() -> Problem.INVALID_QUERY.because(
                    "A DOI begins with 10. and has a slash, as in 10.1000/182.", List.of(new FieldError("pattern", "doi", "is no DOI"))))));
        }
        if (!PMID.matcher(pmid).matches()) {
            throw Problem.INVALID_QUERY.because("A PMID is a number of at most nine digits.", List.of(new FieldError("pattern", "pmid", "is no PMID")));
        }
        return found(references.listByPmid(pmid));
    }

    private Found found(List<RegisteredReference> works) {
        var known = notices.list(works.stream().map(RegisteredReference::id).toList());
        return new Found(works.stream().map(it -> new ReferenceView(it.id(), it.csl(), known.stream().filter(notice -> notice.referenceId().equals(it.id())).toList())).toList());
    }

    /// The same work again gets the id that it has.
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Allowed(Role.WRITER)
    RegisteredReference register(Actor actor, @RequestBody NewReferenceBody body) {
        var csl = body.csl();
        if (csl == null) {
            throw Problem.INVALID_BODY.because("The key 'csl' is missing in the body; add it.", List.of(new FieldError("required", "/csl", "is missing")));
        }
        var wrong = types.checkCsl(csl);
        if (!wrong.isEmpty()) {
            throw Problem.VALIDATION_FAILED.because("Correct what the errors name, then send it again.", wrong.stream().map(FieldError::of).toList());
        }
        return references.register(actor, List.of(csl)).getFirst();
    }
}
