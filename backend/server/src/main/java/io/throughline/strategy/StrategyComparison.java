package io.throughline.strategy;

import io.throughline.strategy.StrategyDesk.StrategyVersion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What changed from one version of a strategy to another, in plain words. Objectives are the same where their ids are. Only needs have an
/// order that means something: of importance.
/// Pure but for looking up labels.
///
/// @param changes of the strategy itself, not of its objectives
/// @param changed objectives of both versions that differ, in the order of the newer version
record StrategyComparison(String strategyId, int from, int to, boolean same, List<FieldChange> changes, List<ObjectiveName> added,
        List<ObjectiveName> removed, List<Changed> changed) {

    record ObjectiveName(String id, String name) {}

    record Changed(String id, String name, List<FieldChange> changes) {}

    /// @param field such as `weight` or `channelMix/web`
    /// @param old   in words; null where there was none; `newer`, written `new`, likewise
    record FieldChange(String field, String label, @Nullable String old, @com.fasterxml.jackson.annotation.JsonProperty("new") @Nullable String newer,
            String text) {

        static FieldChange of(String field, String label, @Nullable String old, @Nullable String newer) {
            String text;
            if (old == null) {
                text = "%s: “%s” was added.".formatted(label, newer);
            } else if (newer == null) {
                text = "%s: “%s” was removed.".formatted(label, old);
            } else {
                text = "%s went from %s to %s.".formatted(label, old, newer);
            }
            return new FieldChange(field, label, old, newer, text);
        }
    }

    static StrategyComparison of(StrategyVersion from, StrategyVersion to, StrategyWords words) {
        return of(from.strategyId(), from.number(), from.document(), to.number(), to.document(), words::concept, words::brand);
    }

    static StrategyComparison of(String strategyId, int from, StrategyDocument older, int to, StrategyDocument newer,
            java.util.function.BinaryOperator<String> concept, Function<String, String> brand) {
        var before = byId(older);
        var after = byId(newer);
        var changes = new Fields(concept, brand);
        changes.compare("summary", "Summary", quoted(older.summary()), quoted(newer.summary()));
        var changed = new ArrayList<Changed>();
        after.forEach((id, objective) -> {
            var old = before.get(id);
            if (old != null && !old.equals(objective)) {
                var fields = new Fields(concept, brand);
                fields.compareObjectives(old, objective);
                // what has no order of its own may stand in another one
                if (!fields.changes.isEmpty()) {
                    changed.add(new Changed(id, objective.name(), List.copyOf(fields.changes)));
                }
            }
        });
        var added = names(after, before);
        var removed = names(before, after);
        return new StrategyComparison(strategyId, from, to, changes.changes.isEmpty() && added.isEmpty() && removed.isEmpty() && changed.isEmpty(),
                List.copyOf(changes.changes), added, removed, changed);
    }

    private static Map<String, Objective> byId(StrategyDocument document) {
        var objectives = new LinkedHashMap<String, Objective>();
        document.objectives().forEach(it -> objectives.put(it.id(), it));
        return objectives;
    }

    private static List<ObjectiveName> names(Map<String, Objective> here, Map<String, Objective> notThere) {
        return here.values().stream().filter(it -> !notThere.containsKey(it.id())).map(it -> new ObjectiveName(it.id(), it.name())).toList();
    }

    private static @Nullable String quoted(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /// Collects differences field by field.
    private static final class Fields {
        private final List<FieldChange> changes = new ArrayList<>();
        private final java.util.function.BinaryOperator<String> concept;
        private final Function<String, String> brand;

        Fields(java.util.function.BinaryOperator<String> concept, Function<String, String> brand) {
            this.concept = concept;
            this.brand = brand;
        }

        void compare(String field, String label, @Nullable Object old, @Nullable Object newer) {
            if (!Objects.equals(old, newer)) {
                changes.add(FieldChange.of(field, label, old == null ? null : shown(old), newer == null ? null : shown(newer)));
            }
        }

        void compareObjectives(Objective old, Objective newer) {
            compare("name", "Name", old.name(), newer.name());
            compare("audience", "Audience", concept("audiences", old.audience()), concept("audiences", newer.audience()));
            compare("fromStage", "First stage", concept("stages", old.fromStage()), concept("stages", newer.fromStage()));
            compare("toStage", "Last stage", concept("stages", old.toStage()), concept("stages", newer.toStage()));
            ordered("needs", "Needs", old.needs(), newer.needs(), it -> concept("needs", it));
            lists("brands", "Brands", old.brands(), newer.brands(), brand);
            lists("markets", "Markets", old.markets(), newer.markets(), it -> concept("markets", it));
            compare("kind", "Kind", old.kind(), newer.kind());
            compare("engagementModel", "Engagement model", concept("engagement-models", old.engagementModel()),
                    concept("engagement-models", newer.engagementModel()));
            shares(old.channelMix(), newer.channelMix());
            policy(old.contactPolicy(), newer.contactPolicy());
            lists("valueExchange", "Value exchange", old.valueExchange(), newer.valueExchange(), it -> concept("value-exchange", it));
            lists("segments", "Segments", old.segments(), newer.segments(), it -> concept("segments", it));
            compare("lifeCycleStage", "Life-cycle stage", label("life-cycle-stages", old.lifeCycleStage()),
                    label("life-cycle-stages", newer.lifeCycleStage()));
            compare("weight", "Weight", old.weight(), newer.weight());
            compare("from", "First day", old.from(), newer.from());
            compare("until", "Last day", old.until(), newer.until());
            plans(old.plan(), newer.plan());
            measurement(old.measurementPlan(), newer.measurementPlan());
        }

        /// What came and what went; where only the order of importance differs, the two orders.
        private void ordered(String field, String label, List<String> old, List<String> newer, Function<String, String> words) {
            lists(field, label, old, newer, words);
            if (!old.equals(newer) && old.size() == newer.size() && old.containsAll(newer)) {
                compare(field, label + " in order", joined(old, words), joined(newer, words));
            }
        }

        /// What came and what went; their order means nothing.
        private void lists(String field, String label, List<String> old, List<String> newer, Function<String, String> words) {
            old.stream().filter(it -> !newer.contains(it)).forEach(it -> changes.add(FieldChange.of(field, label, words.apply(it), null)));
            newer.stream().filter(it -> !old.contains(it)).forEach(it -> changes.add(FieldChange.of(field, label, null, words.apply(it))));
        }

        private void shares(Map<String, Double> old, Map<String, Double> newer) {
            keys(old, newer).forEach(channel -> compare("channelMix/" + channel, "Share of " + concept("channels", channel),
                    percent(old.get(channel)), percent(newer.get(channel))));
        }

        private void policy(@Nullable ContactPolicy old, @Nullable ContactPolicy newer) {
            compare("contactPolicy/contacts", "Contact budget", budget(old), budget(newer));
            compare("contactPolicy/itemRepeats", "Frequency cap", cap(old), cap(newer));
        }

        private void plans(List<Objective.PlannedCell> old, List<Objective.PlannedCell> newer) {
            var before = cells(old);
            var after = cells(newer);
            keys(before, after).forEach(cell -> compare("plan/" + cell, "Planned for " + cellName(cell), before.get(cell), after.get(cell)));
        }

        private void measurement(@Nullable MeasurementPlan old, @Nullable MeasurementPlan newer) {
            compare("measurementPlan/kpi", "KPI", old == null ? null : old.kpi(), newer == null ? null : newer.kpi());
            compare("measurementPlan/unit", "KPI's unit", old == null ? null : old.unit(), newer == null ? null : newer.unit());
            compare("measurementPlan/baseline", "Baseline", old == null ? null : old.baseline(), newer == null ? null : newer.baseline());
            compare("measurementPlan/target", "Target", old == null ? null : old.target(), newer == null ? null : newer.target());
            compare("measurementPlan/smallestSample", "Smallest sample", old == null ? null : old.smallestSample(),
                    newer == null ? null : newer.smallestSample());
            compare("measurementPlan/from", "First day of measuring", old == null ? null : old.from(), newer == null ? null : newer.from());
            compare("measurementPlan/until", "Last day of measuring", old == null ? null : old.until(), newer == null ? null : newer.until());
        }

        private String cellName(String cell) {
            var parts = cell.split("/", 2);
            return concept("stages", parts[0]) + ", " + concept("needs", parts[1]);
        }

        private String concept(String scheme, String notation) {
            return concept.apply(scheme, notation);
        }

        private @Nullable String label(String scheme, @Nullable String notation) {
            return notation == null ? null : concept(scheme, notation);
        }

        private static Map<String, String> cells(List<Objective.PlannedCell> plan) {
            var cells = new LinkedHashMap<String, String>();
            plan.forEach(it -> cells.put(it.stage() + "/" + it.need(), it.items() == 1 ? "1 item" : it.items() + " items"));
            return cells;
        }

        private static List<String> keys(Map<String, ?> old, Map<String, ?> newer) {
            var keys = new LinkedHashSet<>(old.keySet());
            keys.addAll(newer.keySet());
            return keys.stream().sorted().toList();
        }

        private static @Nullable String percent(@Nullable Double share) {
            return share == null ? null : String.format(Locale.ROOT, "%s %%", plain(Math.round(share * 1_000) / 10.0));
        }

        private static @Nullable String budget(@Nullable ContactPolicy policy) {
            return policy == null ? null : "%d in %d days".formatted(policy.contacts(), policy.perDays());
        }

        private static @Nullable String cap(@Nullable ContactPolicy policy) {
            return policy == null ? null : "the same item %d times in %d days".formatted(policy.itemRepeats(), policy.itemPerDays());
        }

        private static String joined(List<String> values, Function<String, String> words) {
            return values.stream().map(words).collect(Collectors.joining(", "));
        }

        private static String shown(Object value) {
            return value instanceof Double number ? plain(number) : value.toString();
        }

        private static String plain(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
    }
}
