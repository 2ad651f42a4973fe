package io.throughline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Json;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
@ExtendWith(OutputCaptureExtension.class)
class DriftJobTests {

    @Autowired CatalogueIndexer catalogue;
    @Autowired Indexing indexing;
    @Autowired Indices indices;

    @Autowired DeliveryFixture shelf;
    @Autowired JdbcClient jdbc;

    @Test
    void anIndexThatLacksAnItemOrHasOneTooManyIsBuiltAnewAndNoOther(CapturedOutput output) throws Exception {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Drifted away"));
        var publication = jdbc.sql("select id from publication where item_id = :item").param("item", item.id()).query(String.class).single();
        awaitIndex();
        indexing.stop();
        try {
            var before = indices.behind(CatalogueIndexer.NAME);
            DriftJob.check(catalogue);
            assertThat(indices.behind(CatalogueIndexer.NAME)).as("nothing differs").isEqualTo(before);

            indices.send("DELETE", "/" + before + "/_doc/" + publication + "?refresh=true", null);
            indices.send("PUT", "/" + before + "/_doc/pub_nobody?refresh=true", Json.object().put("id", "pub_nobody"));
            assertThat(catalogue.compare()).satisfies(drift -> {
                assertThat(drift.missing()).containsExactly(publication);
                assertThat(drift.surplus()).containsExactly("pub_nobody");
            });
            DriftJob.check(catalogue);

            assertThat(indices.behind(CatalogueIndexer.NAME)).isNotEqualTo(before);
            assertThat(catalogue.compare().isNone()).isTrue();
            assertThat(output.getAll()).contains("1 missing, 1 too many; it is built anew");
        } finally {
            indexing.start();
        }
    }

    private void awaitIndex() throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            if (jdbc.sql("""
                            select coalesce((select sequence from search_cursor where index_name = 'catalogue'), -1) = (select value from content_sequence)
                            """).query(Boolean.class).single()) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("the index did not follow within 10 seconds");
    }

    @Test
    void anIndexThatIsStillToBeBuiltIsNoDriftAndNoNews(CapturedOutput output) throws Exception {
        for (int i = 0; i < 400 && indices.behind(CatalogueIndexer.NAME) == null; i++) {
            Thread.sleep(25);
        }
        indexing.stop();
        try {
            indices.send("DELETE", "/" + indices.behind(CatalogueIndexer.NAME), null);
            var before = output.getAll().length();
            DriftJob.check(catalogue);
            assertThat(output.getAll().substring(before)).doesNotContain("DriftJob", "index_not_found", "compared");
        } finally {
            indexing.start();
        }
    }
}
