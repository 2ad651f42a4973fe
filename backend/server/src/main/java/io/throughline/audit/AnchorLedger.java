package io.throughline.audit;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/// The roots in the database, and what they bind.
@Repository
class AnchorLedger {

    /// Held by each transaction from before its entries have numbers until it ends; taken alone to know that none is under way.
    static final long WRITING = 0x7472_6169_6C00_0001L;

    private static final long ANCHORING = 0x7472_6169_6C00_0002L;
    private static final int ATTEMPTS = 20;
    private static final String LOCK_TIMEOUT = "55P03";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    AnchorLedger(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// The number of the newest entry of which no older one is still to come: writers that have taken a number and not committed
    /// are waited for, a quarter of a second at a time, because those who come meanwhile wait behind.
    long settled() {
        for (int i = 1; ; i++) {
            try {
                return Objects.requireNonNull(transactions.execute(_ -> {
                    jdbc.sql("set local lock_timeout = '250ms'").update();
                    jdbc.sql("select pg_advisory_xact_lock(:key)").param("key", WRITING).query(row -> {});
                    return jdbc.sql("select coalesce(max(number), 0) from audit_entry").query(Long.class).single();
                }));
            } catch (DataAccessException failed) {
                if (i == ATTEMPTS || !(failed.getRootCause() instanceof SQLException cause && LOCK_TIMEOUT.equals(cause.getSQLState()))) {
                    throw failed;
                }
            }
        }
    }

    /// One node at a time makes a root.
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:key)").param("key", ANCHORING).query(row -> {});
    }

    String installation() {
        return jdbc.sql("select id from audit_installation").query(String.class).single();
    }

    Optional<AnchoredRoot> findLast() {
        return jdbc.sql("select line from audit_root order by number desc limit 1").query(String.class).optional().map(AnchoredRoot::parse);
    }

    Optional<String> find(long number) {
        return jdbc.sql("select line from audit_root where number = :number").param("number", number).query(String.class).optional();
    }

    List<AnchoredRoot> listAfter(long number, int limit) {
        return jdbc.sql("select line from audit_root where number > :number order by number limit :limit").param("number", number).param("limit", limit)
                .query((row, _) -> AnchoredRoot.parse(row.getString("line"))).list();
    }

    /// Writes down where each stream with an entry in `(from, upTo]` ends, adds that to the tree, and counts it.
    long bind(long root, long from, long upTo, MerkleTree tree) {
        var count = new long[1];
        jdbc.sql("""
                        insert into audit_leaf (root, stream, position, hash)
                        select distinct on (1, 2) :root, coalesce(stream, ''), coalesce(position, number), hash
                          from audit_entry
                         where number > :from and number <= :upTo
                         order by 1, 2, 3 desc
                        """)
                .param("root", root).param("from", from).param("upTo", upTo).update();
        jdbc.sql("select stream, position, hash from audit_leaf where root = :root order by stream").param("root", root).query(row -> {
            tree.add(MerkleTree.leaf(row.getString("stream"), row.getLong("position"), row.getString("hash")));
            count[0]++;
        });
        return count[0];
    }

    void insert(AnchoredRoot root) {
        jdbc.sql("insert into audit_root (number, at, up_to, line) values (:number, :at, :upTo, :line)")
                .param("number", root.number()).param("at", root.at().atOffset(ZoneOffset.UTC)).param("upTo", root.upTo()).param("line", root.line())
                .update();
    }

    record Line(long number, String text) {}

    /// @param entryHash of the entry that stands in that place now; null when there is none
    record Leaf(long root, String stream, long position, String hash, @Nullable String entryHash) {}

    record Remainder(long count, @Nullable Instant oldest) {}

    List<Line> listLinesAfter(long number, int limit) {
        return jdbc.sql("select number, line from audit_root where number > :number order by number limit :limit")
                .param("number", number).param("limit", limit)
                .query((row, _) -> new Line(row.getLong("number"), row.getString("line"))).list();
    }

    AnchoredRoot get(long number) {
        return AnchoredRoot.parse(find(number).orElseThrow());
    }

    /// Leaves by root and stream after that place.
    List<Leaf> listLeavesAfter(long root, String stream, int limit) {
        return jdbc.sql("""
                        select leaf.root, leaf.stream, leaf.position, leaf.hash, coalesce(entry.hash, before.hash) as entry_hash
                          from (select * from audit_leaf
                                 where (root, stream) > (:root, :stream) order by root, stream limit :limit) leaf
                          left join audit_entry entry on leaf.stream <> '' and entry.stream = leaf.stream and entry.position = leaf.position
                          left join audit_entry before on leaf.stream = '' and before.stream is null and before.number = leaf.position
                         order by leaf.root, leaf.stream
                        """)
                .param("root", root).param("stream", stream).param("limit", limit)
                .query((row, _) -> new Leaf(row.getLong("root"), row.getString("stream"), row.getLong("position"), row.getString("hash"),
                        row.getString("entry_hash")))
                .list();
    }

    /// Numbers in `(from, until]` of entries that are not among what a leaf of their stream binds; a hundred at most.
    List<Long> listUnbound(long from, long until) {
        return jdbc.sql("""
                        select number
                          from audit_entry entry
                         where number > :from and number <= :until
                           and not exists (select from audit_leaf leaf
                                            where leaf.stream = coalesce(entry.stream, '') and leaf.position >= coalesce(entry.position, entry.number))
                         order by number limit 100
                        """)
                .param("from", from).param("until", until).query((row, _) -> row.getLong("number")).list();
    }

    /// Entries that no root up to that number binds.
    Remainder after(long upTo) {
        return jdbc.sql("select count(*) as count, min(at) as oldest from audit_entry where number > :upTo").param("upTo", upTo)
                .query((row, _) -> {
                    var oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Remainder(row.getLong("count"), oldest == null ? null : oldest.toInstant());
                }).single();
    }
}
