package io.throughline.demo;

import io.throughline.content.ContentDesk;
import io.throughline.content.Contents;
import io.throughline.content.NewItem;
import io.throughline.demo.DemoFiles.BrandFile;
import io.throughline.demo.DemoFiles.DemoItem;
import io.throughline.evidence.References;
import io.throughline.evidence.RegisteredReference;
import io.throughline.identity.People;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.publication.PublicationDesk;
import io.throughline.publication.PublishOutcome;
import io.throughline.publication.WithdrawOutcome;
import io.throughline.review.Discipline;
import io.throughline.review.ReviewDesk;
import io.throughline.review.ReviewJob;
import io.throughline.review.ReviewOutcome;
import io.throughline.review.Verdict;
import io.throughline.shared.Actor;
import io.throughline.taxonomy.Brands;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/// Takes the demo portfolio through the same desks as everybody's content: drafts, review, certification, publication.
/// All in one transaction, so that a start that was cut off loads it again from nothing.
@Component
class DemoPortfolio {

    private static final int DEFAULT_VALID_DAYS = 300;
    private static final Duration EXPIRES_AFTER = Duration.ofSeconds(5);

    private final Brands brands;
    private final People people;
    private final References references;
    private final ContentDesk content;
    private final Contents contents;
    private final ReviewDesk review;
    private final PublicationDesk publications;
    private final Clock clock;

    DemoPortfolio(Brands brands, People people, References references, ContentDesk content, Contents contents, ReviewDesk review,
            PublicationDesk publications, Clock clock) {
        this.brands = brands;
        this.people = people;
        this.references = references;
        this.content = content;
        this.contents = contents;
        this.review = review;
        this.publications = publications;
        this.clock = clock;
    }

    /// Loads everything unless it is there; answers with the number of items loaded.
    @Transactional
    int load(SigningSession session) {
        if (isLoaded()) {
            return 0;
        }
        return DemoFiles.BRANDS.stream().map(DemoFiles::brand).mapToInt(it -> loadBrand(it, session)).sum();
    }

    boolean isLoaded() {
        return brands.find(DemoFiles.BRANDS.getFirst()).isPresent();
    }

    private int loadBrand(BrandFile file, SigningSession session) {
        var writer = actor(DemoPeople.WRITER);
        brands.add(Actor.system(), file.brand());
        var names = List.copyOf(file.references().keySet());
        var registered = references.register(writer, names.stream().map(file.references()::get).toList());
        Map<String, RegisteredReference> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), registered.get(i));
        }
        Map<String, String> itemIds = new HashMap<>();
        var documents = new DemoDocument(byName, itemIds, file.brand().indications());
        for (var item : inOrderOfUse(file.items())) {
            itemIds.put(item.name(), create(writer, file.brand().key(), item, documents.of(item)));
            item.marketStates().forEach((market, state) -> advance(item, itemIds.get(item.name()), market, state, session));
        }
        return file.items().size();
    }

    private String create(Actor writer, String brand, DemoItem item, ObjectNode document) {
        return switch (content.create(writer, new NewItem(item.type(), item.kind(), brand, item.localeOrDefault(), document))) {
            case ContentDesk.Creation.Created(var created, _) -> created.id();
            case ContentDesk.Creation.Invalid(var findings) -> throw new IllegalStateException(item.name() + ": " + findings);
        };
    }

    private void advance(DemoItem item, String itemId, String market, String state, SigningSession session) {
        switch (state) {
            case "draft" -> {}
            case "in-review" -> inReview(item, itemId, market, session);
            case "sent-back" -> sendBack(item, itemId, market, session);
            case "approved" -> approve(item, itemId, market, validity(item), session);
            case "effective" -> publish(item, itemId, market, validity(item), session);
            case "expired" -> publish(item, itemId, market, EXPIRES_AFTER, session);
            case "superseded" -> {
                publish(item, itemId, market, validity(item), session);
                supersede(item, itemId, market, session);
            }
            case "withdrawn" -> {
                publish(item, itemId, market, validity(item), session);
                withdraw(item, itemId, market);
            }
            default -> throw new IllegalArgumentException(item.name() + " has no such state: " + state);
        }
    }

    private void inReview(DemoItem item, String itemId, String market, SigningSession session) {
        var job = submit(item, itemId, market, "Please look at the figures first.");
        if (item.name().hashCode() % 2 == 0) {
            verdict(job, DemoPeople.LEGAL, Discipline.LEGAL, Verdict.APPROVE, null, hash(job), session);
        }
    }

    private void sendBack(DemoItem item, String itemId, String market, SigningSession session) {
        var job = submit(item, itemId, market, null);
        verdict(job, DemoPeople.MEDICAL, Discipline.MEDICAL, Verdict.REVISE_AND_RESUBMIT,
                "Say how many patients the statement rests on, and over which time.", hash(job), session);
    }

    private void publish(DemoItem item, String itemId, String market, Duration validity, SigningSession session) {
        approve(item, itemId, market, validity, session);
        var outcome = publications.publish(actor(DemoPeople.WRITER), itemId, item.localeOrDefault(), market, null, null, null);
        if (!(outcome instanceof PublishOutcome.Published)) {
            throw new IllegalStateException(item.name() + " can't be published: " + outcome);
        }
    }

    private void withdraw(DemoItem item, String itemId, String market) {
        var reason = Objects.requireNonNull(item.withdrawalReason(), "a withdrawn demo item gives its reason");
        var outcome = publications.withdraw(actor(DemoPeople.SIGNATORY), itemId, item.localeOrDefault(), market, reason);
        if (!(outcome instanceof WithdrawOutcome.Withdrawn)) {
            throw new IllegalStateException(item.name() + " can't be withdrawn: " + outcome);
        }
    }

    private void supersede(DemoItem item, String itemId, String market, SigningSession session) {
        var writer = actor(DemoPeople.WRITER);
        if (!(content.startDraft(writer, itemId, item.localeOrDefault(), 1) instanceof ContentDesk.Starting.Started(var draft))) {
            throw new IllegalStateException(item.name() + " has no version to start from");
        }
        var document = draft.document().deepCopy();
        document.put("title", document.path("title").asString() + ", revised");
        if (!(content.saveDraft(writer, itemId, item.localeOrDefault(), draft.revision(), document) instanceof ContentDesk.Saving.Saved)) {
            throw new IllegalStateException(item.name() + " can't be revised");
        }
        publish(item, itemId, market, validity(item), session);
    }

    private void approve(DemoItem item, String itemId, String market, Duration validity, SigningSession session) {
        var job = submit(item, itemId, market, null);
        var sha256 = hash(job);
        verdict(job, DemoPeople.MEDICAL, Discipline.MEDICAL, Verdict.APPROVE, null, sha256, session);
        verdict(job, DemoPeople.LEGAL, Discipline.LEGAL, Verdict.APPROVE, null, sha256, session);
        verdict(job, DemoPeople.REGULATORY, Discipline.REGULATORY, Verdict.APPROVE, null, sha256, session);
        done(item.name(), review.certify(actor(DemoPeople.SIGNATORY), job.code(), sha256, null, clock.instant().plus(validity),
                credentials(DemoPeople.SIGNATORY), session));
    }

    private ReviewJob submit(DemoItem item, String itemId, String market, @Nullable String note) {
        int revision = contents.findDraft(itemId, item.localeOrDefault()).orElseThrow().revision();
        return done(item.name(), review.submit(actor(DemoPeople.WRITER), itemId, item.localeOrDefault(), revision, market,
                clock.instant().plus(Duration.ofDays(2 + Math.floorMod(item.name().hashCode(), 9))), null, note));
    }

    private void verdict(ReviewJob job, String reviewer, Discipline discipline, Verdict verdict,
            @Nullable String comment, String sha256, SigningSession session) {
        done(job.code(), review.giveVerdict(actor(reviewer), job.code(), discipline, verdict, comment, sha256, credentials(reviewer), session));
    }

    private static String hash(ReviewJob job) {
        return Objects.requireNonNull(job.renditionSha256(), "what is submitted now has a rendition");
    }

    private Actor actor(String username) {
        return people.findByUsername(username).orElseThrow().asActor();
    }

    private static SigningCredentials credentials(String username) {
        return new SigningCredentials(username, DemoPeople.PASSWORD);
    }

    private static Duration validity(DemoItem item) {
        return Duration.ofDays(item.validDays() == null ? DEFAULT_VALID_DAYS : item.validDays());
    }

    private static <T> T done(String what, ReviewOutcome<T> outcome) {
        return switch (outcome) {
            case ReviewOutcome.Done<T>(var value) -> value;
            case ReviewOutcome.Refused<T>(var refusal) -> throw new IllegalStateException(what + ": " + refusal);
        };
    }

    /// What is named by others comes before them.
    private static List<DemoItem> inOrderOfUse(List<DemoItem> items) {
        Map<String, DemoItem> byName = new HashMap<>();
        items.forEach(it -> byName.put(it.name(), it));
        var ordered = new ArrayList<DemoItem>();
        items.forEach(it -> place(it, byName, ordered));
        return ordered;
    }

    private static void place(DemoItem item, Map<String, DemoItem> byName, List<DemoItem> ordered) {
        if (!ordered.contains(item)) {
            item.uses().forEach(name -> place(Objects.requireNonNull(byName.get(name), name), byName, ordered));
            ordered.add(item);
        }
    }
}
