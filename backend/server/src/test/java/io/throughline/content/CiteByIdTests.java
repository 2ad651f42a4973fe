package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.ContentDesk.Creation;
import io.throughline.content.ContentDesk.Freezing;
import io.throughline.content.ContentDesk.Starting;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.testing.IntegrationTest;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class CiteByIdTests {

    @Autowired ContentDesk desk;
    @Autowired Contents contents;
    @Autowired JdbcClient jdbc;
    @Autowired DataSource dataSource;
    @Autowired V52__CiteById migration;

    Actor writer;

    @BeforeEach
    void people() {
        writer = new ContentFixture(jdbc).writer("wanda");
    }

    @Test
    void theMigrationHasRunWithTheOthers() {
        assertThat(jdbc.sql("select success from flyway_schema_history where version = '52'").query(Boolean.class).list()).containsExactly(true);
    }

    @Test
    void draftsThatCitedByPlaceCiteByIdAndGetTheNextRevision() throws Exception {
        var old = created(cited("Fell [2]; 95% CI [1-9]. Twice [1,2]."));
        var none = created(ContentFixture.article("No references").put("body", "Fell [2]."));
        migrate();
        var draft = contents.findDraft(old, "en-GB").orElseThrow();
        assertThat(draft.document().path("body").asString()).isEqualTo("Fell [@ref_b]; 95% CI [1-9]. Twice [@ref_a; @ref_b].");
        assertThat(draft.revision()).isEqualTo(2);
        assertThat(contents.render(draft.document(), "en-GB").plainText()).isEqualTo("Fell [1]; 95% CI [1-9]. Twice [1,2].");
        assertThat(contents.findDraft(none, "en-GB").orElseThrow().document().path("body").asString()).isEqualTo("Fell [2].");
        migrate();
        assertThat(contents.findDraft(old, "en-GB").orElseThrow().revision()).as("after it ran again").isEqualTo(2);
    }

    @Test
    void aVersionOfThenIsShownAsThenAndItsNextDraftCitesById() {
        var id = created(cited("Claim: seen [2]."));
        assertThat(desk.freeze(writer, id, "en-GB", 1)).isInstanceOf(Freezing.Frozen.class);
        var now = contents.findVersion(id, "en-GB", 1).orElseThrow();
        var then = new Version(id, "en-GB", 1, 1, now.document(), now.canonical(), now.sha256(), now.submittedBy(), now.submittedAt());
        assertThat(now.schemaVersion()).isEqualTo(2);
        assertThat(contents.render(now, Map.of()).html()).isEqualTo("<p>Claim: seen [2].</p>\n");
        assertThat(contents.render(then, Map.of()).html()).contains("seen <sup class=\"citation\"><a").contains("#ref-ref_b\">2</a></sup>");
        assertThat(contents.render(then, Map.of()).plainText()).isEqualTo("Claim: seen [2].");
        assertThat(contents.blocks(then)).extracting(Block::text).contains("Claim: seen [1].");

        jdbc.sql("alter table content_version disable trigger user").update();
        jdbc.sql("update content_version set schema_version = 1 where item_id = :id").param("id", id).update();
        jdbc.sql("alter table content_version enable trigger user").update();
        assertThat(desk.startDraft(writer, id, "en-GB", 1)).isInstanceOfSatisfying(Starting.Started.class,
                it -> assertThat(it.draft().document().path("body").asString()).isEqualTo("Claim: seen [@ref_b]."));
    }

    private void migrate() throws Exception {
        try (var connection = dataSource.getConnection()) {
            migration.migrate(new Context() {
                @Override
                public Configuration getConfiguration() {
                    return new ClassicConfiguration();
                }

                @Override
                public Connection getConnection() {
                    return connection;
                }
            });
        }
    }

    private static ObjectNode cited(String body) {
        var document = ContentFixture.article("Cited").put("body", body);
        var references = document.putArray("references");
        for (var id : List.of("ref_a", "ref_b")) {
            references.addObject().put("id", id).set("csl", Json.object().put("type", "book").put("title", id));
        }
        return document;
    }

    private String created(ObjectNode document) {
        return ((Creation.Created) desk.create(writer, new NewItem("article", "non-promotional", null, "en-GB", document))).item().id();
    }
}
