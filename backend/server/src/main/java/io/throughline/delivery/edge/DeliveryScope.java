package io.throughline.delivery.edge;

import io.throughline.content.ContentTypes;
import io.throughline.content.Kinds;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a credential may ask for, and how query parameters are read. A market, locale or item beyond the credential reads
/// exactly like one that does not exist (S10).
@Component
public class DeliveryScope {

    private static final int MOST_VALUES = 100;
    private static final Pattern MARKET = Pattern.compile("[A-Z]{2}");
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2}-[A-Z]{2}");

    private final MarketPacks packs;
    private final Taxonomy taxonomy;
    private final ContentTypes types;

    DeliveryScope(MarketPacks packs, Taxonomy taxonomy, ContentTypes types) {
        this.packs = packs;
        this.taxonomy = taxonomy;
        this.types = types;
    }

    /// The one answer for what is not there and for what is not for this credential.
    public static ProblemException nothingHere() {
        return Problem.NOT_FOUND.because("There is nothing here that this key may read. Check the id, the market and the locale.");
    }

    public static ProblemException invalid(String parameter, String message) {
        return Problem.INVALID_QUERY.because(message, List.of(new FieldError("invalid-parameter", parameter, message)));
    }

    /// The locale and, unless `fallback=none`, what the market declares to stand in for it.
    public List<String> localeChain(ChannelClient client, String market, String locale, @Nullable String fallback) {
        requireFallback(fallback);
        requireMarket(market);
        requireLocale(locale);
        var pack = client.mayReadMarket(market) ? packs.find(market).orElse(null) : null;
        if (pack == null || !client.mayReadLocale(locale)) {
            throw nothingHere();
        }
        var chain = pack.localeChain(locale).stream().filter(client::mayReadLocale).toList();
        if (chain.isEmpty()) {
            throw nothingHere();
        }
        return "none".equals(fallback) ? List.of(locale) : chain;
    }

    /// What no market could be called is a mistake that the sender can be told of; whether a well-formed one is there is not told (S10).
    public static void requireMarket(String market) {
        if (!MARKET.matcher(market).matches()) {
            throw invalid("market", "'market' is two capital letters such as GB.");
        }
    }

    public static void requireFallback(@Nullable String fallback) {
        if (fallback != null && !fallback.equals("none") && !fallback.equals("declared")) {
            throw invalid("fallback", "fallback is 'declared' or 'none'.");
        }
    }

    public static void requireLocale(String locale) {
        if (!LOCALE.matcher(locale).matches()) {
            throw invalid("locale", "'locale' is a language and a country such as en-GB.");
        }
    }

    public List<String> kinds(ChannelClient client) {
        return Kinds.IN_ORDER.stream().filter(client::mayReadKind).toList();
    }

    public List<String> markets(ChannelClient client) {
        return packs.list().stream().map(pack -> pack.market()).filter(client::mayReadMarket).toList();
    }

    public List<String> locales(ChannelClient client) {
        return packs.list().stream().filter(pack -> client.mayReadMarket(pack.market()))
                .flatMap(pack -> pack.locales().stream()).distinct().filter(client::mayReadLocale).toList();
    }

    /// Brands by their keys; empty when the parameter was not given, and then the credential's scope is all that bounds the answer.
    public static Set<String> brands(ChannelClient client, @Nullable String value) {
        var asked = new LinkedHashSet<>(list("brand", value));
        if (!asked.stream().allMatch(client::mayReadBrand)) {
            throw nothingHere();
        }
        return asked;
    }

    public void requireConcept(String parameter, String scheme, @Nullable String notation) {
        if (notation != null && taxonomy.find(scheme, notation).isEmpty()) {
            throw invalid(parameter, "There is no such notation in the scheme '" + scheme + "'.");
        }
    }

    /// Notations with their narrower ones; empty when the parameter was not given.
    public Set<String> concepts(String parameter, String scheme, @Nullable String value) {
        var expanded = new LinkedHashSet<String>();
        for (var notation : list(parameter, value)) {
            requireConcept(parameter, scheme, notation);
            expanded.addAll(taxonomy.narrowerOrSame(scheme, notation));
        }
        return expanded;
    }

    /// Names of content types; empty when the parameter was not given.
    public Set<String> types(@Nullable String value) {
        var asked = new LinkedHashSet<>(list("type", value));
        if (asked.stream().anyMatch(type -> types.find(type).isEmpty())) {
            throw invalid("type", "There is no such content type; /v1/content-types lists them.");
        }
        return asked;
    }

    /// A comma is OR. A parameter that is there but names nothing is refused: it must not widen the answer (S4).
    public static List<String> list(String parameter, @Nullable String value) {
        return list(parameter, value, MOST_VALUES);
    }

    public static List<String> list(String parameter, @Nullable String value, int most) {
        if (value == null) {
            return List.of();
        }
        var values = new ArrayList<String>();
        for (var part : Arrays.asList(value.split(",", -1))) {
            if (part.isBlank() || part.length() > 100) {
                throw invalid(parameter, "Give values of 1 to 100 characters with commas between them, or leave '" + parameter + "' out.");
            }
            values.add(part.strip());
        }
        if (values.size() > most) {
            throw invalid(parameter, "At most " + most + " values fit into '" + parameter + "'.");
        }
        return values;
    }
}
