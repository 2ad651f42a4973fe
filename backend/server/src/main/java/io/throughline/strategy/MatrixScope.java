package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.strategy.Strategies.Activation;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks the filters of the framework matrix against the vocabularies and what the person may see, and finds the
/// objectives that they leave. A person sees the plan, supply and demand of their own brands and markets only (S7).
@Component
class MatrixScope {

    static final int DEFAULT_DAYS = 30;
    private static final int MOST_DAYS = 365;

    record Filters(@Nullable String brand, @Nullable String market, @Nullable String channel, int days) {}

    /// An objective with the active version that it stands in.
    record Wanted(String strategyId, int number, Objective objective) {}

    record Scope(List<Activation> strategies, List<Wanted> wanted, Supply.Question supply, Demand.Question demand, int days) {
        List<Objective> objectives() {
            return wanted.stream().map(Wanted::objective).toList();
        }
    }

    private final Strategies strategies;
    private final Taxonomy taxonomy;
    private final Clock clock;

    MatrixScope(Strategies strategies, Taxonomy taxonomy, Clock clock) {
        this.strategies = strategies;
        this.taxonomy = taxonomy;
        this.clock = clock;
    }

    /// @param audience its narrower and broader ones count too; null: every audience
    /// @throws io.throughline.shared.ProblemException `invalid-query`, or `not-found` for a brand or market that is not the actor's
    Scope of(Actor actor, @Nullable String audience, Filters filters) {
        Set<String> audiences = new LinkedHashSet<>();
        if (audience != null) {
            require("audiences", "audience", audience);
            audiences.addAll(taxonomy.narrowerOrSame("audiences", audience));
            audiences.addAll(taxonomy.broaderOrSame("audiences", audience));
        }
        if (filters.market() != null) {
            require("markets", "market", filters.market());
        }
        if (filters.channel() != null) {
            require("channels", "channel", filters.channel());
        }
        if (filters.days() < 1 || filters.days() > MOST_DAYS) {
            throw Problem.INVALID_QUERY.because("Ask for 1 to %d days.".formatted(MOST_DAYS),
                    List.of(new FieldError("not-allowed-value", "days", "is not from 1 to %d".formatted(MOST_DAYS))));
        }
        if ((filters.brand() != null && !actor.mayUseBrand(filters.brand())) || (filters.market() != null && !actor.mayUseMarket(filters.market()))) {
            throw Problem.NOT_FOUND.because("There is no such brand or market, or it is not yours to read. Choose another in the filters.");
        }
        var now = clock.instant();
        var deciding = strategies.listDecidingAt(now).stream().filter(it -> StrategyScope.mayRead(actor, it.brand())).toList();
        var day = day(now);
        var wanted = deciding.stream()
                .flatMap(it -> wanted(it, day))
                .filter(it -> (audiences.isEmpty() || audiences.contains(it.objective().audience())) && isWithin(actor, it.objective(), filters))
                .toList();
        var since = day.minusDays(filters.days() - 1L);
        var brands = actor.brands().contains("*") ? null : actor.brands();
        var markets = actor.markets().contains("*") ? null : actor.markets();
        return new Scope(deciding, wanted,
                new Supply.Question(audiences, filters.brand(), filters.market(), filters.channel(), brands, markets, now, since),
                new Demand.Question(audiences, filters.brand(), filters.market(), filters.channel(), brands, markets, since), filters.days());
    }

    /// The journey that was drawn for this audience, or for the nearest broader one.
    List<Concept> journeyOf(String audience) {
        var lineage = taxonomy.broaderOrSame("audiences", audience);
        return taxonomy.scheme("stages").concepts().stream()
                .filter(it -> it.order() != null && it.audience().stream().anyMatch(lineage::contains))
                .sorted(java.util.Comparator.comparing(Concept::order))
                .toList();
    }

    /// The stages from where the audience stands to where it shall come, both included.
    List<String> way(Objective objective) {
        var stages = new LinkedHashSet<String>();
        @Nullable String at = objective.fromStage();
        while (at != null && stages.add(at) && !at.equals(objective.toStage())) {
            at = taxonomy.stageAfter(at).map(Concept::notation).orElse(null);
        }
        return List.copyOf(stages);
    }

    Concept require(String scheme, String parameter, String notation) {
        return taxonomy.find(scheme, notation).orElseThrow(() -> Problem.INVALID_QUERY.because(
                "The parameter " + parameter + " has no concept “" + notation + "”. Use a notation of the vocabulary " + scheme + "."));
    }

    static LocalDate day(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static java.util.stream.Stream<Wanted> wanted(Activation active, LocalDate day) {
        return active.document().objectives().stream().filter(it -> it.runsOn(day)).map(it -> new Wanted(active.strategyId(), active.number(), it));
    }

    static boolean isWithin(Actor actor, Objective objective, Filters filters) {
        boolean brand = filters.brand() != null ? objective.coversBrand(filters.brand())
                : objective.brands().isEmpty() || objective.brands().stream().anyMatch(actor::mayUseBrand);
        boolean market = filters.market() != null ? objective.markets().contains(filters.market())
                : objective.markets().stream().anyMatch(actor::mayUseMarket);
        return brand && market && (filters.channel() == null || objective.channelMix().containsKey(filters.channel()));
    }
}
