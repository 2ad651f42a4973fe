package io.throughline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Counts wrong passwords per account, so that nobody guesses for long: after five within 15 minutes the account answers
/// nothing until the first of them is 15 minutes old.
@Repository
class FailedAttempts {

    static final int ALLOWED = 5;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    FailedAttempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Makes attempts on one account wait for each other until the transaction ends: a hundred at once get no hundred tries.
    void lock(String account) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:account, 7))")
                .param("account", account)
                .query((row, _) -> "locked")
                .single();
    }

    boolean areTooMany(String account) {
        return jdbc.sql("select count(*) >= :allowed from sign_in_failure where account = :account and at > :since")
                .param("allowed", ALLOWED)
                .param("account", account)
                .param("since", clock.instant().minus(WINDOW).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    void add(String account) {
        jdbc.sql("insert into sign_in_failure (account, at) values (:account, :at)")
                .param("account", account)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Takes away what no longer counts; the trail keeps the refusals.
    int forgetOld() {
        return jdbc.sql("delete from sign_in_failure where at <= :since")
                .param("since", clock.instant().minus(WINDOW).atOffset(ZoneOffset.UTC))
                .update();
    }

    /// After a right password the count starts again; the trail keeps the refusals.
    void forget(String account) {
        jdbc.sql("delete from sign_in_failure where account = :account").param("account", account).update();
    }
}
