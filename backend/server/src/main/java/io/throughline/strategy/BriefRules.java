package io.throughline.strategy;

import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Role;
import io.throughline.shared.Severity;
import io.throughline.strategy.MatrixScope.Wanted;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Taxonomy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a brief must say. What the actor may not see reads as unknown (S10).
@Component
class BriefRules {

    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_MESSAGE = 500;
    private static final int MOST_MESSAGES = 20;
    private static final int MOST_ITEMS = 50;

    /// A cell with its brand and market.
    record Place(String audience, String stage, String need, @Nullable String brand, String market) {}

    private final Strategies strategies;
    private final MatrixScope scopes;
    private final Supply supply;
    private final Taxonomy taxonomy;
    private final Brands brands;
    private final People people;

    BriefRules(Strategies strategies, MatrixScope scopes, Supply supply, Taxonomy taxonomy, Brands brands, People people) {
        this.strategies = strategies;
        this.scopes = scopes;
        this.supply = supply;
        this.taxonomy = taxonomy;
        this.brands = brands;
        this.people = people;
    }

    List<Finding> checkPlace(Actor actor, Place place) {
        var findings = new ArrayList<Finding>();
        known("audiences", place.audience(), "/audience", findings);
        known("stages", place.stage(), "/stage", findings);
        known("needs", place.need(), "/need", findings);
        if (place.brand() != null && (!actor.mayUseBrand(place.brand()) || brands.find(place.brand()).isEmpty())) {
            findings.add(block("unknown-concept", "/brand", "There is no brand “" + place.brand() + "”. Choose one from the list of brands."));
        }
        if (!actor.mayUseMarket(place.market()) || taxonomy.find("markets", place.market()).isEmpty()) {
            findings.add(block("unknown-concept", "/market", "There is no market “" + place.market() + "”. Choose one from the list of markets."));
        }
        return findings;
    }

    /// Active objectives of today that reach the place: it lies within their audience, on their way, among their needs.
    List<Wanted> listReaching(Actor actor, Place place, Instant now) {
        var today = MatrixScope.day(now);
        return strategies.listDecidingAt(now).stream()
                .filter(it -> StrategyScope.mayRead(actor, it.brand()))
                .flatMap(it -> it.document().objectives().stream().map(objective -> new Wanted(it.strategyId(), it.number(), objective)))
                .filter(it -> it.objective().runsOn(today) && reaches(it.objective(), place))
                .toList();
    }

    /// Those and the ones of a narrower audience: the cell of a broad audience shows their gaps too, and a brief for one of them
    /// is for that narrower audience.
    List<Wanted> listWithin(Actor actor, Place place, Instant now) {
        return taxonomy.narrowerOrSame("audiences", place.audience()).stream()
                .flatMap(it -> listReaching(actor, new Place(it, place.stage(), place.need(), place.brand(), place.market()), now).stream())
                .distinct()
                .toList();
    }

    Optional<Wanted> findReaching(Actor actor, Place place, String strategyId, String objectiveId, Instant now) {
        return listReaching(actor, place, now).stream()
                .filter(it -> it.strategyId().equals(strategyId) && it.objective().id().equals(objectiveId)).findFirst();
    }

    private boolean reaches(Objective objective, Place place) {
        return taxonomy.broaderOrSame("audiences", place.audience()).contains(objective.audience())
                && scopes.way(objective).contains(place.stage())
                && taxonomy.broaderOrSame("needs", place.need()).stream().anyMatch(objective.needs()::contains)
                && objective.markets().contains(place.market())
                && objective.coversBrand(place.brand());
    }

    /// @param known claims and modules that stand in it already may stay, approved or not
    List<Finding> checkContent(Brief.Content content, Place place, Set<String> known, @Nullable LocalDate dueBefore, Instant now) {
        var findings = new ArrayList<Finding>();
        line(content.title(), "/title", LONGEST_TITLE, findings);
        if (content.keyMessages().size() > MOST_MESSAGES) {
            findings.add(block("too-long", "/keyMessages", "Say it in at most %d key messages.".formatted(MOST_MESSAGES)));
        }
        for (int i = 0; i < Math.min(content.keyMessages().size(), MOST_MESSAGES); i++) {
            line(content.keyMessages().get(i), "/keyMessages/" + i, LONGEST_MESSAGE, findings);
        }
        checkItems(content.claims(), "claim", "/claims", place, known, now, findings);
        checkItems(content.modules(), "module", "/modules", place, known, now, findings);
        if (!content.dueOn().equals(dueBefore) && content.dueOn().isBefore(MatrixScope.day(now))) {
            findings.add(block("window", "/dueOn", "That day is over; choose today or a later day."));
        }
        var writer = people.find(content.writer()).filter(it -> mayWrite(it.asActor(), it.suspended(), place));
        if (writer.isEmpty()) {
            findings.add(block("not-allowed-value", "/writer", "Choose a writer who works for this brand and market."));
        }
        return findings;
    }

    static boolean mayWrite(Actor person, boolean suspended, Place place) {
        return !suspended && person.has(Role.WRITER) && person.mayUseContentOf(place.brand()) && person.mayUseMarket(place.market());
    }

    private void checkItems(List<String> ids, String type, String path, Place place, Set<String> known, Instant now, List<Finding> findings) {
        if (ids.size() > MOST_ITEMS) {
            findings.add(block("too-long", path, "Choose at most %d.".formatted(MOST_ITEMS)));
            return;
        }
        var effective = ids.isEmpty() ? Set.<String>of() : supply.listEffective(Set.copyOf(ids), type, place.brand(), place.market(), now).stream()
                .map(Supply.Fitting::id).collect(Collectors.toSet());
        var seen = new HashSet<String>();
        for (int i = 0; i < ids.size(); i++) {
            var id = ids.get(i);
            if (!seen.add(id)) {
                findings.add(block("duplicate-value", path + "/" + i, "This one stands in the list already; remove it."));
            } else if (!effective.contains(id) && !known.contains(id)) {
                findings.add(block("not-allowed-value", path + "/" + i,
                        "Choose a %s of this brand that is approved and effective in %s.".formatted(type, place.market())));
            }
        }
    }

    private static void line(String text, String path, int longest, List<Finding> findings) {
        if (text.isBlank()) {
            findings.add(block("required", path, "Write something there, or leave the line out."));
        } else if (text.length() > longest) {
            findings.add(block("too-long", path, "Shorten it to %d characters.".formatted(longest)));
        } else if (text.chars().anyMatch(it -> it < ' ')) {
            findings.add(block("pattern", path, "Write it in one line, without control characters."));
        }
    }

    private void known(String scheme, String notation, String path, List<Finding> findings) {
        if (taxonomy.find(scheme, notation).isEmpty()) {
            findings.add(block("unknown-concept", path, "“" + notation + "” is not in the vocabulary " + scheme + ". Choose one of its concepts."));
        }
    }

    static Finding block(String code, String path, String message) {
        return new Finding(code, Severity.BLOCK, path, message, null);
    }
}
