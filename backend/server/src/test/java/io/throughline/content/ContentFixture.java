package io.throughline.content;

import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Footprint;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// People, brands and documents for tests of content and of what stands on it.
public final class ContentFixture {

    private final JdbcClient jdbc;

    public ContentFixture(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A writer of every brand with a row in table person.
    public Actor writer(String username) {
        return person(username, Set.of(Role.WRITER), Set.of("*"));
    }

    public Actor person(String username, Set<Role> roles, Set<String> brands) {
        var id = jdbc.sql("select id from person where username = :name").param("name", username).query(String.class).optional()
                .orElseGet(() -> insert(username, brands));
        return new Actor(id, username, username, roles, brands, Set.of("*"));
    }

    public void brand(String key) {
        jdbc.sql("""
                        insert into brand (key, name, established_name, therapeutic_area, indications, life_cycle_stage)
                        values (:key, :key, 'inventamol', 'cardiology', '{hfref}', 'growth') on conflict do nothing
                        """).param("key", key).update();
    }

    private String insert(String username, Set<String> brands) {
        var id = Ids.next("usr");
        jdbc.sql("""
                        insert into person (id, username, display_name, password_hash, roles, brands, markets, password_changed_at, created_at)
                        values (:id, :name, :name, 'none', '{writer}', cast(:brands as text[]), '{*}', now(), now())
                        """)
                .param("id", id).param("name", username).param("brands", "{" + String.join(",", brands.stream().map(it -> '"' + it + '"').toList()) + "}")
                .update();
        return id;
    }

    public static ObjectNode article(String title) {
        var document = Json.object().put("title", title).put("body", "# Start\n\nStart low.");
        document.putObject("classification").putArray("audience").add("hcp.cardiology");
        document.withObject("/classification").putArray("stage").add("considering");
        document.withObject("/classification").putArray("need").add("dosing");
        return document;
    }

    public static ObjectNode claim(String text, boolean efficacy) {
        var document = Json.object().put("title", "A claim").put("text", text).put("efficacyClaim", efficacy);
        document.set("classification", article("x").get("classification"));
        return document;
    }

    /// Number of rows per table: equal before and after a refused act (S12).
    public Map<String, Long> rows() {
        return Footprint.of(jdbc);
    }
}
