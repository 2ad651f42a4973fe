package io.throughline.testing;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the application has kept: equal before and after a refused act (S12).
///
/// Not counted are the trail, which keeps refusals, what counts wrong passwords, sessions, and the schedule, the indexers' list of
/// work and the attempts of webhooks, which change while nobody asks for anything; nor are the counters of demand, which follow
/// requests by seconds.
public final class Footprint {

    private Footprint() {}

    /// Number of rows per table.
    public static Map<String, Long> of(JdbcClient jdbc) {
        var rows = new TreeMap<String, Long>();
        jdbc.sql("""
                        select table_name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', table_name), false, true, '')))[1]::text::bigint as rows
                          from information_schema.tables
                         where table_schema = 'public' and table_type = 'BASE TABLE'
                           and table_name not like 'audit%' and table_name not like 'spring_session%' and table_name not like 'sign_in%'
                           and table_name not like 'scheduled%' and table_name not like 'search%'
                           and table_name not like 'webhook_attempt' and table_name not like 'demand%'
                        """)
                .query((row, _) -> rows.put(row.getString("table_name"), row.getLong("rows"))).list();
        return rows;
    }
}
