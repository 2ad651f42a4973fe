package io.throughline.content;

import io.throughline.content.Rule.Target;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Judges one document by the rules that bind it. Pure: the same facts and rules give the same findings, whatever order the
/// rules come in. What the rules mean among several publications is for delivery, under the same ids.
final class RuleEngine {

    /// A rule in force for a document.
    ///
    /// @param code of its findings
    /// @param path where it is written, for findings about the rule itself; empty for rules of types and markets
    /// @param owner the item that it is a rule of: the document's own id or a part of it; null for rules of types
    record InForce(Rule rule, String code, Severity severity, String path, @Nullable String owner) {}

    /// @param market    null while none is chosen
    /// @param broader   an audience with everything above it
    record Facts(Item item, ObjectNode document, @Nullable String market, Map<String, LinkedItem> linked, Function<String, List<String>> broader) {}

    private final Facts facts;
    private final Uses uses;
    private final List<Finding> findings = new ArrayList<>();

    private RuleEngine(Facts facts) {
        this.facts = facts;
        this.uses = Uses.of(facts.document());
    }

    /// In a stable order: by path, then rule, then message.
    static List<Finding> judge(Facts facts, List<InForce> rules) {
        var engine = new RuleEngine(facts);
        rules.forEach(engine::judge);
        engine.channelsLeft(rules);
        return engine.findings.stream().distinct()
                .sorted(Comparator.comparing(Finding::path).thenComparing(it -> Objects.requireNonNullElse(it.rule(), "")).thenComparing(Finding::message))
                .toList();
    }

    private void judge(InForce inForce) {
        switch (inForce.rule()) {
            case Rule.Requires(_, _, _, Target.Field(var pointer)) -> requiresField(inForce, pointer);
            case Rule.Requires(_, _, _, Target.Items(var ids)) -> requiresItems(inForce, ids);
            case Rule.Excludes it -> excludes(inForce, it);
            case Rule.AllowedChannel it -> each(inForce, "channel", it.channels()::contains);
            case Rule.AllowedAudience it -> each(inForce, "audience",
                    audience -> facts.broader().apply(audience).stream().anyMatch(it.audiences()::contains));
            case Rule.AllowedMarket it -> {
                if (facts.market() != null && !it.markets().contains(facts.market())) {
                    add(inForce, place(inForce));
                }
            }
            case Rule.MaxUse it -> {
                if (isOfAPart(inForce) && uses.times(owner(inForce)) > it.times()) {
                    add(inForce, place(inForce));
                }
            }
            case Rule.Order it -> {
                if (isOfAPart(inForce)) {
                    it.items().stream().filter(later -> uses.isBefore(later, owner(inForce))).forEach(later -> add(inForce, uses.pathOf(later)));
                }
            }
            case Rule.Pairing(_, _, _, Target.Field(var pointer)) -> pairingField(inForce, pointer);
            case Rule.Pairing(_, _, _, Target.Items(var ids)) -> pairingItem(inForce, ids.getFirst());
        }
    }

    private void requiresField(InForce inForce, String pointer) {
        var value = facts.document().at(pointer);
        if (RequiredFields.isEmpty(value)) {
            add(inForce, pointer);
        } else if ("/prescribingInformation".equals(pointer)) {
            var target = facts.linked().get(value.asString(""));
            if (target == null || !target.type().equals("prescribing-information") || !sameBrand(target)) {
                add(inForce, pointer, "Choose the prescribing information of the same brand as this item.");
            }
        }
    }

    private void requiresItems(InForce inForce, List<String> ids) {
        if (isOfAPart(inForce)) {
            ids.stream().filter(id -> !uses.holds(id)).forEach(_ -> add(inForce, place(inForce)));
            return;
        }
        for (int i = 0; i < ids.size(); i++) {
            var path = inForce.path().isEmpty() ? "" : inForce.path() + "/items/" + i;
            var target = facts.linked().get(ids.get(i));
            if (ids.get(i).equals(facts.item().id())) {
                add(inForce, path, "Name another item: nothing has to come with itself.");
            } else if (target != null && !target.kind().equals(facts.item().kind())) {
                add(inForce, path, "Name an item of the kind %s: kinds never mix in one set, so this one could never be shown.".formatted(facts.item().kind()));
            } else if (isExcludedToo(ids.get(i))) {
                add(inForce, path, "Take out one of the two rules: this item is required and excluded at once.");
            }
        }
    }

    private boolean isExcludedToo(String id) {
        return Rules.of(facts.document()).stream().anyMatch(it -> it instanceof Rule.Excludes excludes && excludes.items().contains(id));
    }

    private void excludes(InForce inForce, Rule.Excludes rule) {
        rule.items().stream().filter(uses::holds).forEach(id -> add(inForce, uses.accompanying().contains(id) ? fieldOf(id) : uses.pathOf(id)));
    }

    private void each(InForce inForce, String dimension, java.util.function.Predicate<String> allowed) {
        int i = 0;
        for (var value : facts.document().at("/classification/" + dimension)) {
            var path = "/classification/" + dimension + "/" + i++;
            if (!allowed.test(value.asString(""))) {
                add(inForce, path);
            }
        }
    }

    /// Rules that each leave a channel may together leave none; then nothing could ever be served.
    private void channelsLeft(List<InForce> rules) {
        Set<String> left = null;
        for (var inForce : rules) {
            if (inForce.severity() == Severity.BLOCK && inForce.rule() instanceof Rule.AllowedChannel rule) {
                if (left == null) {
                    left = new HashSet<>(rule.channels());
                }
                left.retainAll(rule.channels());
            }
        }
        if (left != null && left.isEmpty()) {
            rules.stream().filter(it -> it.severity() == Severity.BLOCK && it.rule() instanceof Rule.AllowedChannel)
                    .forEach(it -> add(it, "/classification/channel", "Change a rule or leave out a part: together they leave no channel. " + it.rule().message()));
        }
    }

    /// US-2: whatever claims efficacy, itself or through a claim in it, travels with its safety information.
    private void pairingField(InForce inForce, String pointer) {
        boolean efficacy = facts.document().path("efficacyClaim").asBoolean(false)
                || uses.parts().stream().map(facts.linked()::get).anyMatch(it -> it != null && it.type().equals("claim") && it.efficacyClaim());
        if (!efficacy) {
            return;
        }
        var target = facts.linked().get(facts.document().at(pointer).asString(""));
        if (target == null) {
            add(inForce, pointer);
        } else if (!target.type().equals("safety-information") || !sameBrand(target) || !target.kind().equals(facts.item().kind())) {
            add(inForce, pointer, "Choose safety information of the same brand and kind as this item.");
        }
    }

    private void pairingItem(InForce inForce, String id) {
        if (!uses.accompanying().contains(id)) {
            var target = facts.linked().get(id);
            add(inForce, target != null && target.type().equals("prescribing-information") ? "/prescribingInformation" : "/safetyInformation");
        }
    }

    private boolean isOfAPart(InForce inForce) {
        return inForce.owner() != null && !inForce.owner().equals(facts.item().id());
    }

    private static String owner(InForce inForce) {
        return Objects.requireNonNull(inForce.owner());
    }

    /// Where a person can mend it: at the part that brought the rule, or at the document's own rule.
    private String place(InForce inForce) {
        return isOfAPart(inForce) ? uses.pathOf(owner(inForce)) : inForce.path();
    }

    private String fieldOf(String id) {
        return facts.document().path("safetyInformation").asString("").equals(id) ? "/safetyInformation" : "/prescribingInformation";
    }

    private boolean sameBrand(LinkedItem target) {
        return Objects.equals(target.brand(), facts.item().brand());
    }

    private void add(InForce inForce, String path) {
        add(inForce, path, inForce.rule().message());
    }

    private void add(InForce inForce, String path, String message) {
        findings.add(new Finding(inForce.code(), inForce.severity(), path, message, inForce.rule().id()));
    }
}
