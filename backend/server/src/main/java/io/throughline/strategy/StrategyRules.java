package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What a strategy must say to be stored, and what more to be activated. Reads the taxonomy, changes nothing.
@Component
class StrategyRules {

    private static final double MIX_TOLERANCE = 0.001;
    private static final Set<String> KINDS = Set.of("promotional", "non-promotional", "scientific-exchange");

    private final Taxonomy taxonomy;
    private final Brands brands;

    StrategyRules(Taxonomy taxonomy, Brands brands) {
        this.taxonomy = taxonomy;
        this.brands = brands;
    }

    /// Findings that refuse storing a version.
    List<Finding> check(Actor author, StrategyDocument document) {
        var findings = new ArrayList<Finding>();
        if (document.objectives().isEmpty()) {
            findings.add(block("required", "/objectives", "State at least one objective."));
        }
        var ids = new HashSet<String>();
        for (int i = 0; i < document.objectives().size(); i++) {
            var objective = document.objectives().get(i);
            var path = "/objectives/" + i;
            if (!objective.id().matches("obj_[A-Za-z0-9]{1,40}")) {
                findings.add(block("pattern", path + "/id", "An objective's id is obj_ with letters and digits."));
            }
            if (!ids.add(objective.id())) {
                findings.add(block("duplicate-value", path + "/id", "Give every objective an id of its own."));
            }
            checkObjective(objective, path, findings);
            checkBrands(author, objective, path, findings);
        }
        return findings;
    }

    /// Findings that refuse approving and activating a version.
    static List<Finding> checkActivation(StrategyDocument document) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < document.objectives().size(); i++) {
            var objective = document.objectives().get(i);
            if (objective.measurementPlan() == null) {
                findings.add(block("measurement-plan-missing", "/objectives/" + i + "/measurementPlan",
                        "“" + objective.name() + "” has no measurement plan. Say which KPI, from which baseline to "
                                + "which target, with what smallest sample, and when; then activate."));
            }
        }
        return findings;
    }

    private void checkObjective(Objective objective, String path, List<Finding> findings) {
        if (objective.name().isBlank()) {
            findings.add(block("required", path + "/name", "Name the objective in one line."));
        }
        known("audiences", objective.audience(), path + "/audience", findings);
        var from = known("stages", objective.fromStage(), path + "/fromStage", findings);
        var to = known("stages", objective.toStage(), path + "/toStage", findings);
        if (from.isPresent() && to.isPresent() && isBefore(to.get(), from.get())) {
            findings.add(block("stage-order", path + "/toStage", "An objective leads forward: choose the same stage or a later one."));
        }
        if (objective.needs().isEmpty()) {
            findings.add(block("required", path + "/needs", "Name at least one need that the objective meets."));
        }
        each("needs", objective.needs(), path + "/needs", findings);
        if (objective.markets().isEmpty()) {
            findings.add(block("required", path + "/markets", "Name at least one market."));
        }
        each("markets", objective.markets(), path + "/markets", findings);
        known("engagement-models", objective.engagementModel(), path + "/engagementModel", findings);
        each("value-exchange", objective.valueExchange(), path + "/valueExchange", findings);
        each("segments", objective.segments(), path + "/segments", findings);
        if (objective.lifeCycleStage() != null) {
            known("life-cycle-stages", objective.lifeCycleStage(), path + "/lifeCycleStage", findings);
        }
        if (objective.kind() != null && !KINDS.contains(objective.kind())) {
            findings.add(block("not-allowed-value", path + "/kind", "The kind is promotional, non-promotional or scientific-exchange."));
        }
        if (!(objective.weight() > 0 && objective.weight() <= 1)) {
            findings.add(block("not-allowed-value", path + "/weight", "A weight is above 0 and at most 1."));
        }
        if (objective.until() != null && objective.until().isBefore(objective.from())) {
            findings.add(block("window", path + "/until", "The objective ends before it starts; move one of the dates."));
        }
        checkMix(objective, path, findings);
        checkPlan(objective, from, to, path, findings);
    }

    /// Another's brand reads like one that is not there (S7).
    private void checkBrands(Actor author, Objective objective, String path, List<Finding> findings) {
        for (int i = 0; i < objective.brands().size(); i++) {
            var brand = objective.brands().get(i);
            if (!author.mayUseBrand(brand) || brands.find(brand).isEmpty()) {
                findings.add(block("unknown-concept", path + "/brands/" + i, "There is no brand “" + brand + "”, or it is not yours. Choose one from the list of brands."));
            }
        }
    }

    private void checkMix(Objective objective, String path, List<Finding> findings) {
        if (objective.channelMix().isEmpty()) {
            return; // it becomes the engagement model's
        }
        objective.channelMix().keySet().stream().sorted()
                .forEach(channel -> known("channels", channel, path + "/channelMix/" + channel, findings));
        double sum = objective.channelMix().values().stream().mapToDouble(Double::doubleValue).sum();
        if (objective.channelMix().values().stream().anyMatch(share -> !(share > 0)) || Math.abs(sum - 1) > MIX_TOLERANCE) {
            findings.add(block("channel-mix", path + "/channelMix", "The shares of the channel mix are above 0 and add up to 1; now they add up to " + sum + "."));
        }
    }

    private void checkPlan(Objective objective, Optional<Concept> from, Optional<Concept> to, String path, List<Finding> findings) {
        for (int i = 0; i < objective.plan().size(); i++) {
            var cell = objective.plan().get(i);
            var at = path + "/plan/" + i;
            if (!objective.needs().contains(cell.need())) {
                findings.add(block("not-allowed-value", at + "/need",
                        "Plan only for the objective's own needs; “" + cell.need() + "” is not one."));
            }
            var stage = known("stages", cell.stage(), at + "/stage", findings);
            if (stage.isPresent() && from.isPresent() && to.isPresent()
                    && (isBefore(stage.get(), from.get()) || isBefore(to.get(), stage.get()))) {
                findings.add(block("not-allowed-value", at + "/stage", "Plan only for stages from the first to the last of the objective."));
            }
        }
    }

    // Stages of different journeys have no order among themselves: a journey counts from its own first stage.
    private static boolean isBefore(Concept earlier, Concept later) {
        return !earlier.audience().equals(later.audience()) || order(earlier) < order(later);
    }

    private static int order(Concept stage) {
        return Objects.requireNonNull(stage.order(), "a stage without its place in the journey");
    }

    private Optional<Concept> known(String scheme, String notation, String path, List<Finding> findings) {
        var concept = taxonomy.find(scheme, notation);
        if (concept.isEmpty()) {
            findings.add(block("unknown-concept", path, "“" + notation + "” is not in the vocabulary " + scheme + ". Choose one of its concepts."));
        }
        return concept;
    }

    private void each(String scheme, List<String> notations, String path, List<Finding> findings) {
        for (int i = 0; i < notations.size(); i++) {
            known(scheme, notations.get(i), path + "/" + i, findings);
        }
    }

    private static Finding block(String code, String path, String message) {
        return new Finding(code, Severity.BLOCK, path, message, null);
    }
}
