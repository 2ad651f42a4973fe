package io.throughline.taxonomy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The rules of one market as configuration (`content-schema/market-packs`). Kinds and disciplines are as written in JSON.
///
/// @param localeFallback     locale to the locales that may stand in for it, nearest first, inside this market only
/// @param disciplines        kind to the disciplines whose verdict an approval needs (RV-1)
/// @param joinedDuties       what one person may do in one review although two usually do it (UK-2)
/// @param approvalMaxMonths  an approval lasts at most so long (UK-4)
/// @param promotionAudiences audiences that promotion may reach, narrower ones included (EU-2)
/// @param imprint           the line with `{jobCode}` and `{dateOfPreparation}` at the end of every item, by locale (UK-7)
/// @param binding           content types that this market binds otherwise than their schema says: `words` or `current-version`
/// @param impact            what becomes of published items when something that they hold changes (RV-6)
/// @param rules             about the use of content, in the form of the pack's schema; the module content reads them
/// @param sources            ids of the rules behind this pack
public record MarketPack(
        String market,
        int version,
        List<String> locales,
        String defaultLocale,
        Map<String, List<String>> localeFallback,
        String jobCodePattern,
        Map<String, List<String>> disciplines,
        Signatory signatory,
        Set<String> joinedDuties,
        int approvalMaxMonths,
        Map<String, String> adverseEventStatement,
        Map<String, String> imprint,
        @Nullable Map<String, String> binding,
        Impact impact,
        boolean prescribingInformationRequired,
        boolean promotionToPublicAllowed,
        Set<String> promotionAudiences,
        boolean requireForm2253,
        Map<String, String> certificateWording,
        List<ObjectNode> rules,
        List<String> sources) {

    public record Signatory(boolean registrationNumberRequired, String registrationName) {}

    /// How long containers stay served; 0 days: they leave at once.
    public record Served(int servedDays) {}

    /// @param newCertificate whether another version of what is bound by its current version needs new certificates of what holds it
    public record CurrentVersion(boolean newCertificate, int servedDays) {}

    /// @param changed   a newer version of a part was published
    /// @param withdrawn a part was withdrawn, or left because of its own parts
    /// @param expired   the window of a part is over
    public record Impact(Served changed, Served withdrawn, Served expired, CurrentVersion prescribingInformation) {}

    public MarketPack {
        locales = List.copyOf(locales);
        localeFallback = Map.copyOf(localeFallback);
        disciplines = Map.copyOf(disciplines);
        joinedDuties = Set.copyOf(joinedDuties);
        adverseEventStatement = Map.copyOf(adverseEventStatement);
        imprint = Map.copyOf(imprint);
        binding = binding == null ? Map.of() : Map.copyOf(binding);
        promotionAudiences = Set.copyOf(promotionAudiences);
        certificateWording = Map.copyOf(certificateWording);
        rules = List.copyOf(rules);
        sources = List.copyOf(sources);
        if (!locales.contains(defaultLocale) || approvalMaxMonths < 1) {
            throw new IllegalArgumentException("the market pack %s is not usable".formatted(market));
        }
    }

    /// The locale itself, then what may stand in for it when reading; empty for a locale that the market does not have.
    public List<String> localeChain(String locale) {
        if (!locales.contains(locale)) {
            return List.of();
        }
        var chain = new java.util.ArrayList<>(List.of(locale));
        chain.addAll(localeFallback.getOrDefault(locale, List.of()));
        return List.copyOf(chain);
    }

    /// The adverse-event statement for a locale, or for the nearest that may stand in for it; empty where the market has none (UK-6).
    public Optional<String> adverseEventStatementFor(String locale) {
        return perLocale(adverseEventStatement, locale);
    }

    /// The line with job code and date of preparation in a locale (UK-7).
    public String imprintFor(String locale, String jobCode, String dateOfPreparation) {
        return perLocale(imprint, locale).orElse("{jobCode}. {dateOfPreparation}.")
                .replace("{jobCode}", jobCode).replace("{dateOfPreparation}", dateOfPreparation);
    }

    private Optional<String> perLocale(Map<String, String> texts, String locale) {
        return localeChain(locale).stream().filter(texts::containsKey).findFirst().map(texts::get);
    }

    /// Whether the market binds a content type otherwise than its schema says, and how.
    public Optional<String> bindingOf(String type) {
        return Optional.ofNullable(binding == null ? null : binding.get(type));
    }

    public List<String> disciplinesFor(String kind) {
        return disciplines.getOrDefault(kind, List.of());
    }
}
