package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.MarketPack;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/// Freezes what a reader will see of a version, once, when it is submitted for a market.
@Service
public class Renditions {

    /// What a document holds: by item id, and the versions of what is bound by words.
    private record Held(Map<String, Item> items, List<BoundPart> parts, Map<String, Version> versions, List<DocumentLinks.Link> lacking) {}

    /// See [#foresee].
    public record Foreseen(Version version, Rendition rendition) {}

    private final ContentStore store;
    private final RenditionStore renditions;
    private final ContentTypes types;
    private final EffectiveVersions effective;
    private final CitedWorks works;
    private final Clock clock;

    Renditions(ContentStore store, RenditionStore renditions, ContentTypes types, EffectiveVersions effective, CitedWorks works, Clock clock) {
        this.store = store;
        this.renditions = renditions;
        this.types = types;
        this.effective = effective;
        this.works = works;
        this.clock = clock;
    }

    /// What keeps a document from being frozen: parts that were never submitted in its locale have no words to bind.
    public List<Finding> check(String locale, ObjectNode document, MarketPack pack) {
        var held = hold(locale, document, pack);
        var findings = new ArrayList<>(held.lacking().stream().map(link -> {
            var item = held.items().get(link.targetId());
            return new Finding("part-not-submitted", Severity.BLOCK, link.path(),
                    "%s has no version in %s yet. Submit it first, or take it out.".formatted(item == null ? link.targetId() : item.key(), locale), "UK-1");
        }).toList());
        var notices = works.listNotices(held.versions().values().stream().flatMap(it -> NoticeRules.works(it.document()).stream()).distinct().toList());
        DocumentLinks.of(document).forEach(link -> {
            var part = held.versions().get(link.targetId());
            if (part != null && NoticeRules.of(part.document(), notices).stream().anyMatch(it -> it.severity() == Severity.BLOCK)) {
                findings.add(new Finding("reference-withdrawn", Severity.BLOCK, link.path(),
                        "%s rests on a work that was retracted or withdrawn. Take it out, or have it rest on another work first."
                                .formatted(Objects.requireNonNull(held.items().get(link.targetId())).key()), "RV-6"));
            }
        });
        return List.copyOf(findings);
    }

    /// What keeps a rendition from being certified or published: a work that it cites, by itself or in what it holds, was retracted or withdrawn
    /// since it was frozen (RV-6).
    public List<Finding> checkCited(Rendition rendition) {
        return NoticeRules.of(rendition, works.listNotices(NoticeRules.works(rendition)));
    }

    /// Freezes the words of a version for a market. Part of a submission, so it joins the caller's transaction.
    ///
    /// @param dateOfPreparation `YYYY-MM`
    /// @throws IllegalStateException when [#check] has findings
    @Transactional(propagation = Propagation.MANDATORY)
    public Rendition freeze(Item item, Version version, MarketPack pack, String jobCode, String dateOfPreparation) {
        var held = hold(version.locale(), version.document(), pack);
        if (!held.lacking().isEmpty()) {
            throw new IllegalStateException("%s holds what was never submitted: %s".formatted(item.key(), held.lacking()));
        }
        var canonical = canonical(item, version, pack, jobCode, dateOfPreparation, held);
        var rendition = new Rendition(item.id(), version.locale(), version.number(), pack.market(), canonical, Sha256.hex(canonical), held.parts());
        renditions.insert(rendition, clock.instant());
        return rendition;
    }

    /// What a draft would say in a market if it were submitted as it is, kept nowhere: a version and its words, without those parts that
    /// have no version yet.
    public Foreseen foresee(Item item, Draft draft, MarketPack pack, String jobCode, String dateOfPreparation) {
        var version = new Version(item.id(), draft.locale(), draft.basedOnVersion() == null ? 1 : draft.basedOnVersion() + 1,
                types.get(item.type()).schemaVersion(), draft.document(), "", "", draft.updatedBy(), draft.updatedAt());
        var canonical = canonical(item, version, pack, jobCode, dateOfPreparation, hold(draft.locale(), draft.document(), pack));
        return new Foreseen(version, new Rendition(item.id(), draft.locale(), version.number(), pack.market(), canonical, Sha256.hex(canonical), List.of()));
    }

    private static String canonical(Item item, Version version, MarketPack pack, String jobCode, String dateOfPreparation, Held held) {
        var words = held.parts().stream().filter(BoundPart::byWords).map(it -> RenditionText.part(it, held.items(), held.versions())).toList();
        return RenditionText.of(item, version, pack, jobCode, dateOfPreparation, held.parts(), words);
    }

    /// Empty for what was submitted before renditions were kept.
    public Optional<Rendition> find(String itemId, String locale, int versionNumber, String market) {
        return renditions.find(itemId, locale, versionNumber, market);
    }

    /// @throws IllegalStateException when there is none
    public Rendition get(String itemId, String locale, int versionNumber, String market) {
        return find(itemId, locale, versionNumber, market).orElseThrow(() ->
                new IllegalStateException("version %d of %s in %s has no rendition for %s".formatted(versionNumber, itemId, locale, market)));
    }

    /// A version's words for whichever market it was submitted.
    Optional<Rendition> findAny(Version version) {
        return renditions.findAny(version.itemId(), version.locale(), version.number());
    }

    /// The versions whose words are bound, by item id; reads them at once.
    public Map<String, Version> boundVersions(Rendition rendition) {
        return store.findVersions(numbers(rendition.parts()), rendition.locale());
    }

    private static Map<String, Integer> numbers(List<BoundPart> parts) {
        var numbers = new LinkedHashMap<String, Integer>();
        parts.forEach(it -> {
            if (it.version() != null) {
                numbers.put(it.itemId(), it.version());
            }
        });
        return numbers;
    }

    /// The document's parts, and the claims in what it holds by words, until nothing new comes up. A few statements for each level.
    private Held hold(String locale, ObjectNode document, MarketPack pack) {
        var items = new HashMap<String, Item>();
        var parts = new LinkedHashSet<BoundPart>();
        var versions = new HashMap<String, Version>();
        var lacking = new ArrayList<DocumentLinks.Link>();
        var seen = new HashSet<String>();
        var due = DocumentLinks.of(document).stream().filter(it -> !"counterpart".equals(it.relation())).toList();
        while (!due.isEmpty()) {
            var level = due.stream().filter(it -> seen.add(it.relation() + ' ' + it.targetId())).toList();
            items.putAll(store.findItems(targets(level)));
            var byWords = level.stream().filter(it -> binding(items, it, pack).filter(Binding.WORDS::equals).isPresent()).toList();
            versions.putAll(bind(targets(byWords), locale, pack, versions.keySet()));
            for (var link : level) {
                var how = binding(items, link, pack);
                if (how.isPresent()) {
                    switch (how.get()) {
                        case CURRENT_VERSION -> parts.add(new BoundPart(link.targetId(), link.relation(), null));
                        case WORDS -> {
                            var version = versions.get(link.targetId());
                            if (version == null) {
                                lacking.add(link);
                            } else {
                                parts.add(new BoundPart(link.targetId(), link.relation(), version.number()));
                            }
                        }
                    }
                }
            }
            due = byWords.stream().filter(it -> !"claim".equals(it.relation())).map(it -> versions.get(it.targetId())).filter(Objects::nonNull)
                    .flatMap(it -> DocumentLinks.of(it.document()).stream()).filter(it -> "claim".equals(it.relation())).toList();
        }
        return new Held(items, List.copyOf(parts), versions, lacking);
    }

    /// An item that does not exist is held by words that nobody has.
    private Optional<Binding> binding(Map<String, Item> items, DocumentLinks.Link link, MarketPack pack) {
        var item = items.get(link.targetId());
        return item == null ? Optional.of(Binding.WORDS) : Binding.of(types.get(item.type()), pack);
    }

    /// The effective version, or else the latest.
    private Map<String, Version> bind(Set<String> ids, String locale, MarketPack pack, Set<String> known) {
        var wanted = new LinkedHashSet<>(ids);
        wanted.removeAll(known);
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var numbers = new HashMap<>(store.latestNumbers(wanted, locale));
        numbers.putAll(effective.find(wanted, locale, pack.market()));
        return store.findVersions(numbers, locale);
    }

    private static Set<String> targets(List<DocumentLinks.Link> links) {
        var targets = new LinkedHashSet<String>();
        links.forEach(it -> targets.add(it.targetId()));
        return targets;
    }
}
