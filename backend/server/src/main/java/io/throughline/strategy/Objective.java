package io.throughline.strategy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a strategy wants of one audience: to move it from one journey stage to another by meeting its needs.
///
/// @param id              `obj_…`, the same over all versions of the strategy
/// @param audience        notation in the audiences scheme; narrower audiences are meant too
/// @param fromStage       where the audience stands, notation in the stages scheme
/// @param toStage         where it shall come to
/// @param needs           notations in the needs scheme, in order of importance
/// @param brands          brand keys; empty means the whole portfolio
/// @param markets         market codes; never empty
/// @param kind            the kind of content that serves it; null leaves it open
/// @param engagementModel notation in the engagement-models scheme
/// @param channelMix      share by channel notation, each above 0, together 1; empty takes the engagement model's when it is stored
/// @param valueExchange   notations in the value-exchange scheme: what the audience gets for its attention
/// @param weight          above 0 and at most 1: what it counts against the strategy's other objectives
/// @param from            first day (UTC, inclusive)
/// @param until           last day (UTC, inclusive); null is open
/// @param plan            how many items each cell of the framework matrix needs
/// @param measurementPlan null while it is being written; approval and activation refuse that
/// @param contactPolicy   how often a person may be contacted; null takes the engagement model's when it is stored
/// @param lifeCycleStage  notation in the life-cycle-stages scheme: where the brand stands; null leaves it open
/// @param segments        notations in the segments scheme, beyond the specialty; empty: everybody of the audience
public record Objective(
        String id,
        String name,
        String audience,
        String fromStage,
        String toStage,
        List<String> needs,
        List<String> brands,
        List<String> markets,
        @Nullable String kind,
        String engagementModel,
        Map<String, Double> channelMix,
        List<String> valueExchange,
        double weight,
        LocalDate from,
        @Nullable LocalDate until,
        List<PlannedCell> plan,
        @Nullable MeasurementPlan measurementPlan,
        @Nullable ContactPolicy contactPolicy,
        @Nullable String lifeCycleStage,
        List<String> segments) {

    /// How many items shall exist for one stage and need, at least 1.
    public record PlannedCell(String stage, String need, int items) {
        public PlannedCell {
            if (items < 1) {
                throw new IllegalArgumentException("A planned cell asks for at least one item");
            }
        }
    }

    public Objective {
        needs = List.copyOf(needs);
        brands = List.copyOf(brands);
        markets = List.copyOf(markets);
        channelMix = Map.copyOf(channelMix);
        valueExchange = List.copyOf(valueExchange);
        plan = List.copyOf(plan);
        segments = List.copyOf(segments);
    }

    /// One that says nothing of contacts, life cycle and segments.
    public Objective(String id, String name, String audience, String fromStage, String toStage, List<String> needs, List<String> brands,
            List<String> markets, @Nullable String kind, String engagementModel, Map<String, Double> channelMix, List<String> valueExchange,
            double weight, LocalDate from, @Nullable LocalDate until, List<PlannedCell> plan, @Nullable MeasurementPlan measurementPlan) {
        this(id, name, audience, fromStage, toStage, needs, brands, markets, kind, engagementModel, channelMix, valueExchange, weight, from, until,
                plan, measurementPlan, null, null, List.of());
    }

    Objective withBrands(List<String> others) {
        return new Objective(id, name, audience, fromStage, toStage, needs, others, markets, kind, engagementModel, channelMix, valueExchange,
                weight, from, until, plan, measurementPlan, contactPolicy, lifeCycleStage, segments);
    }

    /// The same with what it leaves open taken from its engagement model.
    Objective completedBy(EngagementModel model) {
        return new Objective(id, name, audience, fromStage, toStage, needs, brands, markets, kind, engagementModel,
                channelMix.isEmpty() ? model.channelMix() : channelMix, valueExchange, weight, from, until, plan, measurementPlan,
                contactPolicy == null ? model.contactPolicy() : contactPolicy, lifeCycleStage, segments);
    }

    /// True where the objective runs on that UTC day.
    public boolean runsOn(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }

    /// True where it covers the brand; an objective without brands covers the portfolio.
    public boolean coversBrand(@Nullable String brand) {
        return brand == null || brands.isEmpty() || brands.contains(brand);
    }
}
