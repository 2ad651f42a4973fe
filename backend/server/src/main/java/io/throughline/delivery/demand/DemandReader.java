package io.throughline.delivery.demand;

import io.throughline.strategy.Demand;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what [DemandLedger] has written down; the last seconds are missing.
@Component
class DemandReader implements Demand {

    private static final String ASKED = """
            with asked as (
                 select * from demand_day
                  where day >= :since
                    and (cast(:audiences as text[]) is null or audience = any(:audiences))
                    and (cast(:needs as text[]) is null or need = any(:needs))
                    and (cast(:brand as text) is null or brand = '' or brand = :brand)
                    and (cast(:market as text) is null or market = :market)
                    and (cast(:channel as text) is null or channel = :channel)
                    and (cast(:brands as text[]) is null or brand = '' or brand = any(:brands))
                    and (cast(:markets as text[]) is null or market = any(:markets)))
            """;

    private final JdbcClient jdbc;

    DemandReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CellCount> countByCell(Question question) {
        return asked(ASKED + """
                        select stage, need, sum(requests) as requests, sum(relaxed) as relaxed, sum(empty) as empty
                          from asked
                         group by stage, need
                         order by stage, need
                        """, question)
                .param("audiences", FrameworkSupply.array(question.audiences()))
                .param("needs", null)
                .query((row, _) -> new CellCount(row.getString("stage"), row.getString("need"), row.getLong("requests"), row.getLong("relaxed"),
                        row.getLong("empty")))
                .list();
    }

    @Override
    public List<NeedCount> countByNeed(Set<String> needs, Question question) {
        return asked(ASKED + """
                        select brand, audience, stage, sum(requests) as requests, sum(relaxed) as relaxed, sum(empty) as empty
                          from asked
                         group by brand, audience, stage
                         order by brand, audience, stage
                        """, question)
                .param("audiences", null)
                .param("needs", FrameworkSupply.array(needs))
                .query((row, _) -> new NeedCount(row.getString("brand"), row.getString("audience"), row.getString("stage"), row.getLong("requests"),
                        row.getLong("relaxed"), row.getLong("empty")))
                .list();
    }

    private JdbcClient.StatementSpec asked(String sql, Question question) {
        return jdbc.sql(sql)
                .param("since", question.since())
                .param("brand", question.brand())
                .param("market", question.market())
                .param("channel", question.channel())
                .param("brands", FrameworkSupply.array(question.brands()))
                .param("markets", FrameworkSupply.array(question.markets()));
    }
}
