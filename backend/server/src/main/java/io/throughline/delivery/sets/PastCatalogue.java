package io.throughline.delivery.sets;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Catalogue;
import io.throughline.catalogue.CatalogueState;
import io.throughline.catalogue.MarketCatalogue;
import io.throughline.catalogue.MarketCatalogue.Dimension;
import io.throughline.catalogue.bits.Bits;
import io.throughline.delivery.choice.Selection;
import io.throughline.delivery.choice.SetContext;
import io.throughline.shared.BrandScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The catalogue as it was, and what is no longer in it: for `at` and `explain`. What is still current comes from memory, what
/// has ended since from PostgreSQL.
@Repository
public class PastCatalogue {

    private static final int FETCH = 1_000;
    /// Nodes' clocks may disagree about the moment of this many neighbouring changes.
    private static final int OUT_OF_ORDER = 1_000;

    private static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
            p.effective_from, p.effective_until, p.started_sequence, p.facets
            """;

    /// @param nextStart when what was scheduled at that sequence would start next
    public record Then(Selection selection, @Nullable Instant nextStart) {}

    /// A publication that ended.
    record Ended(Candidate candidate, String reason, Instant at) {}

    private final JdbcClient jdbc;
    private final AlteredDocuments altered;
    private final TransactionTemplate transaction;

    PastCatalogue(JdbcClient jdbc, AlteredDocuments altered, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.altered = altered;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true);
    }

    /// The newest sequence that was taken at or before the moment; 0 before the first.
    public long headAt(Instant moment) {
        return jdbc.sql("""
                        select coalesce(max(sequence), 0)
                          from (select sequence from content_change where at <= :at order by at desc, sequence desc limit :neighbours) c
                        """)
                .param("at", moment.atOffset(ZoneOffset.UTC))
                .param("neighbours", OUT_OF_ORDER)
                .query(Long.class).single();
    }

    /// Considers everything that was published in the context's market at a past sequence.
    ///
    /// @param state of now; what ended after it is still in it
    /// @param at    the moment whose windows count
    public Then select(SetContext context, CatalogueState state, long sequence, Instant at) {
        var market = state.market(context.market());
        var items = new HashMap<String, List<Candidate>>();
        var selection = new Selection(context, id -> items.computeIfAbsent(id, _ -> ofItem(id, context.market(), sequence)), at, altered.ids());
        var starts = new ArrayList<Instant>(1);
        starts.add(Instant.MAX);
        transaction.executeWithoutResult(_ -> jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.ended_sequence > :sequence and p.ended_sequence <= :newest and p.started_sequence <= :sequence
                           and p.market = :market and p.locale = any(:locales) and p.kind = any(:kinds)
                        """)
                .param("sequence", sequence)
                .param("newest", state.sequence())
                .param("market", context.market())
                .param("locales", context.locales().toArray(String[]::new))
                .param("kinds", context.kinds().toArray(String[]::new))
                .withFetchSize(FETCH)
                .query(row -> {
                    var candidate = Catalogue.read(row);
                    if (context.readable().brands().covers(candidate.brand())) {
                        keepEarlier(starts, candidate, at);
                    }
                    selection.offer(candidate);
                }));
        selection.offerAll(market, sequence);
        var scope = market.mask(Dimension.LOCALE, context.locales());
        Bits.and(scope, market.mask(Dimension.KIND, context.kinds()));
        forEach(market, scope, candidate -> {
            if (candidate.startedSequence() <= sequence && context.readable().brands().covers(candidate.brand())) {
                keepEarlier(starts, candidate, at);
            }
        });
        var start = starts.getFirst();
        return new Then(selection, start.equals(Instant.MAX) ? null : start);
    }

    private static void keepEarlier(List<Instant> starts, Candidate candidate, Instant at) {
        var from = candidate.window().from();
        if (from != null && from.isAfter(at) && from.isBefore(starts.getFirst())) {
            starts.set(0, from);
        }
    }

    private List<Candidate> ofItem(String itemId, String market, long sequence) {
        return jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.item_id = :item and p.market = :market
                           and p.started_sequence <= :sequence and (p.ended_sequence is null or p.ended_sequence > :sequence)
                        """)
                .param("item", itemId)
                .param("market", market)
                .param("sequence", sequence)
                .query((row, _) -> Catalogue.read(row)).list();
    }

    /// For explanations: what touches one of the needs anywhere the credential may look, the newest first.
    ///
    /// @param needs empty: any
    public List<Candidate> listNear(CatalogueState state, Set<String> needs, Set<String> kinds, BrandScope brands, Collection<String> markets, long sequence,
            int limit) {
        var newest = new PriorityQueue<>(Comparator.comparingLong(Candidate::startedSequence));
        for (var code : markets) {
            var market = state.market(code);
            var mask = market.mask(Dimension.KIND, kinds);
            if (!needs.isEmpty()) {
                Bits.and(mask, market.mask(Dimension.NEED, needs));
            }
            if (!brands.coversEvery()) {
                Bits.and(mask, market.mask(Dimension.BRAND, MarketCatalogue.brands(brands)));
            }
            forEach(market, mask, candidate -> {
                if (candidate.startedSequence() <= sequence) {
                    newest.add(candidate);
                    if (newest.size() > limit) {
                        newest.remove();
                    }
                }
            });
        }
        return altered.without(newest.stream().sorted(Comparator.comparingLong(Candidate::startedSequence).reversed()).toList());
    }

    private interface Look {
        void at(Candidate candidate);
    }

    private static void forEach(MarketCatalogue market, long[] mask, Look look) {
        for (int word = 0; word < mask.length; word++) {
            for (long bits = mask[word]; bits != 0; bits &= bits - 1) {
                look.at(market.candidate((word << 6) + Long.numberOfTrailingZeros(bits)));
            }
        }
    }

    /// For explanations: what had been withdrawn, had expired or had left because of what it holds here by a content sequence and was not published again, the latest first.
    List<Ended> listEnded(Set<String> needs, Set<String> kinds, String market, List<String> locales, long sequence, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                               , p.end_reason, p.ended_at
                          from publication p
                         where p.ended_sequence <= :sequence and p.end_reason in ('withdrawn', 'expired', 'impacted')
                           and p.market = :market and p.locale = any(:locales) and p.kind = any(:kinds)
                           and (cardinality(:needs) = 0 or jsonb_exists_any(p.facets->'need', :needs))
                           and not exists (select 1 from publication n where n.item_id = p.item_id and n.market = p.market
                                              and n.started_sequence > p.started_sequence and n.started_sequence <= :sequence)
                         order by p.ended_sequence desc
                         limit :limit
                        """)
                .param("needs", needs.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("sequence", sequence)
                .param("limit", limit)
                .query((row, _) -> ended(row)).list();
    }

    private static Ended ended(ResultSet row) throws SQLException {
        return new Ended(Catalogue.read(row), Objects.requireNonNull(row.getString("end_reason")),
                row.getObject("ended_at", OffsetDateTime.class).toInstant());
    }
}
