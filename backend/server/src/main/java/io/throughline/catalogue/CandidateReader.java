package io.throughline.catalogue;

import io.throughline.publication.Facets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes candidates of rows. What equal candidates could share, they share: of a million publications most have the markets,
/// concepts, windows and safety information of thousands of others. For one thread.
final class CandidateReader {

    /// Instants and ids are shared as long as they repeat soon; lists and notations always.
    private static final int RECENT = 1 << 12;

    private final Map<Object, Object> shared = new HashMap<>();
    private final @Nullable Object[] recent = new Object[RECENT];

    Candidate read(ResultSet row) throws SQLException {
        var c = Catalogue.read(row);
        var window = new Window(soonOrNull(c.window().from()), soonOrNull(c.window().until()));
        return new Candidate(c.publicationId(), c.itemId(), c.key(), c.title(), c.version(), always(c.type()), always(c.kind()), c.brand() == null ? null : always(c.brand()),
                always(c.market()), always(c.locale()), soon(window), soon(c.approvedAt()), c.startedSequence(), share(c.facets()));
    }

    private Facets share(Facets facets) {
        return soon(new Facets(list(facets.audience()), list(facets.stage()), list(facets.need()), list(facets.topic()), list(facets.indication()),
                list(facets.channel()), list(facets.slots()), facets.efficacyClaim(), soonOrNull(facets.safetyInformation()),
                soonOrNull(facets.prescribingInformation()), facets.evidenceGrade(),
                facets.uses().stream().map(this::soon).toList(), soon(facets.rules())));
    }

    private List<String> list(List<String> values) {
        @SuppressWarnings("unchecked")
        var known = (List<String>) shared.get(values);
        if (known != null) {
            return known;
        }
        var list = values.stream().map(this::always).toList();
        var copy = List.copyOf(list);
        shared.put(copy, copy);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private <T> T always(T value) {
        var known = shared.putIfAbsent(value, value);
        return known == null ? value : (T) known;
    }

    @SuppressWarnings("unchecked")
    private <T> T soon(T value) {
        int hash = value.hashCode();
        int at = (hash ^ hash >>> 15) & RECENT - 1;
        var known = recent[at];
        if (known != null && known.equals(value)) {
            return (T) known;
        }
        recent[at] = value;
        return value;
    }

    private <T> @Nullable T soonOrNull(@Nullable T value) {
        return value == null ? null : soon(value);
    }
}
