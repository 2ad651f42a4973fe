package io.throughline.delivery.items;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.catalogue.CatalogueProjection;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class DocumentWarmUpTests {

    @Autowired DeliveryFixture shelf;
    @Autowired JdbcClient jdbc;
    @Autowired CatalogueProjection projection;
    @Autowired CatalogueClock clock;

    @Test
    void everyDocumentThatHasRoomIsAtHandAfterwards() throws Exception {
        shelf.brand("warmed");
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, "warmed", article("Warmed"));
        var publication = publication(item.id());
        await(publication);
        var documents = new Documents(jdbc, new AlteredDocuments(), DataSize.ofMegabytes(64));
        var warmUp = new DocumentWarmUp(documents, projection);
        assertThat(documents.isAtHand(publication)).isFalse();

        var all = warmUp.mostTelling();
        // other tests of this database have altered some, which are never taken
        int altered = jdbc.sql("""
                        select count(*) from publication where id = any(:ids)
                           and encode(sha256(convert_to(document, 'UTF8')), 'hex') <> document_sha256
                        """).param("ids", all.toArray(String[]::new)).query(Integer.class).single();
        assertThat(warmUp.take(all)).isEqualTo(all.size() - altered);

        assertThat(documents.isAtHand(publication)).isTrue();
        assertThat(documents.read(List.of(publication))).containsOnlyKeys(publication);
        documents.destroy();
    }

    @Test
    void itStopsWhenThereIsNoRoomLeft() throws Exception {
        shelf.brand("crowded");
        var publication = publication(shelf.live("article", Kinds.NON_PROMOTIONAL, "crowded", article("Crowded")).id());
        await(publication);
        var three = Collections.nCopies(300, publication); // a hundred are read at once
        var small = new Documents(jdbc, new AlteredDocuments(), DataSize.ofBytes(64));
        assertThat(new DocumentWarmUp(small, projection).take(three)).as("it had no room after the first read").isEqualTo(1);
        small.destroy();
        var large = new Documents(jdbc, new AlteredDocuments(), DataSize.ofMegabytes(64));
        assertThat(new DocumentWarmUp(large, projection).take(three)).isEqualTo(3);
        large.destroy();
    }

    @Test
    void whoGoesThroughManyOnceLeavesNothingBehind() throws Exception {
        shelf.brand("walked");
        var publication = publication(shelf.live("article", Kinds.NON_PROMOTIONAL, "walked", article("Walked by")).id());
        var documents = new Documents(jdbc, new AlteredDocuments(), DataSize.ofMegabytes(1));
        assertThat(documents.readOnce(List.of(publication, "pub_nobody"))).containsOnlyKeys(publication);
        assertThat(documents.isAtHand(publication)).isFalse();
        var first = documents.read(List.of(publication)).get(publication);
        assertThat(documents.isAtHand(publication)).isTrue();
        assertThat(documents.readOnce(List.of(publication)).get(publication)).isSameAs(first);
        documents.destroy();
    }

    private void await(String publication) {
        assertThat(clock.awaitSequence(jdbc.sql("select started_sequence from publication where id = :id").param("id", publication).query(Long.class).single())).isTrue();
    }

    private String publication(String item) {
        return jdbc.sql("select id from publication where item_id = :item").param("item", item).query(String.class).single();
    }
}
