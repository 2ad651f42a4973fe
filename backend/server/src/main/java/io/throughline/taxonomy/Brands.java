package io.throughline.taxonomy;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The brands of the portfolio.
@Service
public class Brands {

    private final JdbcClient jdbc;
    private final Taxonomy taxonomy;
    private final AuditTrail audit;

    Brands(JdbcClient jdbc, Taxonomy taxonomy, AuditTrail audit) {
        this.jdbc = jdbc;
        this.taxonomy = taxonomy;
        this.audit = audit;
    }

    /// By name.
    public List<Brand> list() {
        return jdbc.sql("select * from brand order by name, key").query(Brands::brand).list();
    }

    public Optional<Brand> find(String key) {
        return jdbc.sql("select * from brand where key = :key").param("key", key).query(Brands::brand).optional();
    }

    /// Adds a brand; one that is there already stays as it is. Throws IllegalArgumentException for an unknown indication.
    @Transactional
    public void add(Actor actor, Brand brand) {
        for (var indication : brand.indications()) {
            if (taxonomy.find("indications", indication).isEmpty()) {
                throw new IllegalArgumentException("there is no indication '%s'".formatted(indication));
            }
        }
        int added = jdbc.sql("""
                        insert into brand (key, name, established_name, therapeutic_area, indications, life_cycle_stage)
                        values (:key, :name, :establishedName, :therapeuticArea, :indications, :lifeCycleStage)
                            on conflict (key) do nothing
                        """)
                .param("key", brand.key())
                .param("name", brand.name())
                .param("establishedName", brand.establishedName())
                .param("therapeuticArea", brand.therapeuticArea())
                .param("indications", brand.indications().toArray(String[]::new))
                .param("lifeCycleStage", brand.lifeCycleStage())
                .update();
        if (added > 0) {
            audit.record(actor, "brand.added", "brand", brand.key(), null, null, Json.tree(brand));
        }
    }

    private static Brand brand(ResultSet row, int number) throws SQLException {
        return new Brand(row.getString("key"), row.getString("name"), row.getString("established_name"),
                row.getString("therapeutic_area"), List.of((String[]) row.getArray("indications").getArray()),
                row.getString("life_cycle_stage"));
    }
}
