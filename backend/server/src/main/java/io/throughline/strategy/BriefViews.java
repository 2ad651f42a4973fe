package io.throughline.strategy;

import io.throughline.content.Contents;
import io.throughline.content.Draft;
import io.throughline.content.Item;
import io.throughline.content.Version;
import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of one brief.
@Component
class BriefViews {

    record ObjectiveName(String strategyId, int number, String objectiveId, String name) {}

    record BriefItem(String id, String key, String title, String type, @Nullable String text) {}

    record Permissions(boolean change, boolean cancel, boolean startDraft) {}

    record BriefView(String id, String title, BriefState state, int revision, ObjectiveName objective, String audience, String stage, String need,
            @Nullable String brand, String market, List<String> keyMessages, List<BriefItem> claims, List<BriefItem> modules, LocalDate dueOn,
            StrategyViews.PersonName writer, @Nullable BriefItem item, StrategyViews.PersonName createdBy, Instant createdAt, Instant updatedAt,
            @Nullable String cancellationReason, Permissions permissions) {}

    private final Contents contents;
    private final People people;

    BriefViews(Contents contents, People people) {
        this.contents = contents;
        this.people = people;
    }

    BriefView view(Actor actor, Brief it) {
        var names = people.names(Set.of(it.writer(), it.createdBy()));
        boolean mayAct = actor.has(Role.STRATEGIST) && it.isUnfinished() && StrategyScope.mayActFor(actor, it.brand());
        return new BriefView(it.id(), it.title(), it.state(), it.revision(),
                new ObjectiveName(it.strategyId(), it.strategyNumber(), it.objectiveId(), it.objectiveName()), it.audience(), it.stage(), it.need(),
                it.brand(), it.market(), it.keyMessages(), items(it.claims()), items(it.modules()), it.dueOn(), StrategyViews.name(it.writer(), names),
                it.itemId() == null ? null : item(it.itemId()).orElse(null), StrategyViews.name(it.createdBy(), names), it.createdAt(), it.updatedAt(),
                it.cancellationReason(), new Permissions(mayAct, mayAct,
                        it.state() == BriefState.OPEN && it.writer().equals(actor.id()) && actor.has(Role.WRITER)));
    }

    private List<BriefItem> items(List<String> ids) {
        return ids.stream().flatMap(it -> item(it).stream()).toList();
    }

    private Optional<BriefItem> item(String id) {
        return contents.findItem(id).map(it -> {
            var document = document(it).orElse(null);
            return new BriefItem(it.id(), it.key(), document == null ? it.key() : document.path("title").asString(it.key()), it.type(),
                    document == null || !document.has("text") ? null : document.path("text").asString(""));
        });
    }

    /// The newest words that there are: a version, or else the draft.
    private Optional<ObjectNode> document(Item item) {
        return contents.listVersions(item.id()).stream().map(Version::document).findFirst()
                .or(() -> contents.listDrafts(item.id()).stream().map(Draft::document).findFirst());
    }
}
