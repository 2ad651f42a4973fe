package io.throughline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// Counts wrong passwords per account and [Origin], so that nobody guesses for long: after five within 15 minutes that
/// origin gets no answer for that account until the first of them is 15 minutes old. Elsewhere the owner still gets in.
///
/// Who guesses from many addresses at once is stopped after a hundred (NIST SP 800-63B, 3.2.2), and the browsers that the
/// owner signed in with before are not: their count is their own.
@Repository
class FailedAttempts {

    static final int ALLOWED = 5;
    static final int ALLOWED_EVERYWHERE = 100;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    FailedAttempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Counts an attempt as failed before it is made, so that a hundred at once get no hundred tries. Empty when there were too
    /// many. The number is for [#takeBack].
    @Transactional
    OptionalLong begin(String account, Origin origin) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:account, 7))").param("account", account).query((_, _) -> "locked").single();
        boolean tooMany = jdbc.sql("""
                        select count(*) filter (where origin = :origin) >= :allowed
                               or not :known and count(*) filter (where origin not like 'device %') >= :everywhere
                          from sign_in_failure
                         where account = :account and at > :since
                        """)
                .param("origin", origin.name())
                .param("known", origin.isKnown())
                .param("allowed", ALLOWED)
                .param("everywhere", ALLOWED_EVERYWHERE)
                .param("account", account)
                .param("since", clock.instant().minus(WINDOW).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
        return tooMany ? OptionalLong.empty() : OptionalLong.of(jdbc.sql("insert into sign_in_failure (account, origin, at) values (:account, :origin, :at) returning id")
                .param("account", account)
                .param("origin", origin.name())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single());
    }

    /// Of an attempt that never came to be checked.
    void takeBack(long number) {
        jdbc.sql("delete from sign_in_failure where id = :id").param("id", number).update();
    }

    /// After a right password the count of that origin starts again; the trail keeps the refusals.
    void forget(String account, Origin origin) {
        jdbc.sql("delete from sign_in_failure where account = :account and origin = :origin").param("account", account).param("origin", origin.name()).update();
    }

    /// Takes away what no longer counts; the trail keeps the refusals.
    int forgetOld() {
        return jdbc.sql("delete from sign_in_failure where at <= :since")
                .param("since", clock.instant().minus(WINDOW).atOffset(ZoneOffset.UTC))
                .update();
    }
}
