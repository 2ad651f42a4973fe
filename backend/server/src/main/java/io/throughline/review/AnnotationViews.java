package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.content.Rendition;
import io.throughline.content.Version;
import io.throughline.identity.People;
import io.throughline.review.AnnotationLedger.Annotation;
import io.throughline.review.AnnotationLedger.Reply;
import io.throughline.review.JobView.AnnotationView;
import io.throughline.review.JobView.PlaceView;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// A job's annotations as one person sees them beside one text: where they lie, what was answered, and what the person may do about each.
@Component
class AnnotationViews {

    private final Contents contents;
    private final AnnotationLedger ledger;
    private final AnnotationPlaces places;
    private final People people;

    AnnotationViews(Contents contents, AnnotationLedger ledger, AnnotationPlaces places, People people) {
        this.contents = contents;
        this.ledger = ledger;
        this.places = places;
        this.people = people;
    }

    /// In the order they were made.
    ///
    /// @param now       the version under review, or the draft that goes on from it as if it were one
    /// @param rendition of `now`; null for what was submitted before renditions were kept
    List<AnnotationView> list(Actor actor, ReviewJob job, ReviewFacts facts, List<ReviewLedger.Circulation> circulations, Version now,
            @Nullable Rendition rendition) {
        var annotations = ledger.list(job.id());
        if (annotations.isEmpty()) {
            return List.of();
        }
        var replies = ledger.listReplies(job.id()).stream().collect(Collectors.groupingBy(Reply::annotationId));
        var ids = annotations.stream().map(Annotation::authorId).collect(Collectors.toCollection(HashSet::new));
        replies.values().forEach(all -> all.forEach(it -> ids.add(it.authorId())));
        var names = people.names(ids);
        var roles = people.roles(ids);
        var blocks = VersionText.blocks(contents, now, rendition);
        var placed = places.place(job, circulations, annotations, VersionText.of(contents, now, rendition), blocks);
        var body = now.documentForDraft().path("body").asString("");
        return annotations.stream().map(it -> {
            var own = replies.getOrDefault(it.id(), List.of());
            var resolved = own.stream().anyMatch(Reply::resolves);
            var place = Objects.requireNonNull(placed.get(it.id()));
            var block = place.block() == null ? null : PlaceView.of(place.block(), blocks.get(place.block()), body);
            return new AnnotationView(it.id(), it.circulation(), it.anchor().quote(), it.anchor().prefix(), it.anchor().suffix(), it.body(),
                    it.required(), JobViews.name(names, it.authorId()), it.createdAt(), resolved, place.orphaned(), block,
                    ReviewPolicy.replyRefusal(facts, actor).isEmpty(),
                    ReviewPolicy.resolutionRefusal(facts, actor, it, resolved, raisedBy(roles, it)).isEmpty(),
                    own.stream().map(reply -> reply(reply, names)).toList());
        }).toList();
    }

    private static Set<Role> raisedBy(Map<String, Set<Role>> roles, Annotation annotation) {
        return roles.getOrDefault(annotation.authorId(), Set.of());
    }

    private static JobView.ReplyView reply(Reply it, Map<String, String> names) {
        return new JobView.ReplyView(it.id(), it.body(), it.resolves(), JobViews.name(names, it.authorId()), it.createdAt());
    }
}
