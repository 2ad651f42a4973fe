package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class DocumentWarmUpTests {

    @Autowired DeliveryFixture shelf;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;

    @Test
    void everyDocumentThatHasRoomIsInMemoryAfterwards() {
        shelf.brand("warmed");
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, "warmed", article("Warmed"));
        var catalogue = new Catalogue(jdbc);
        assertThat(catalogue.isInMemory(publication(item.id()))).isFalse();

        var taken = new TransactionTemplate(transactions).execute(_ -> catalogue.warm());

        assertThat(taken).isEqualTo(jdbc.sql("select count(*) from publication where ended_sequence is null").query(Integer.class).single());
        assertThat(catalogue.isInMemory(publication(item.id()))).isTrue();
        assertThat(catalogue.documents(List.of(publication(item.id())))).containsOnlyKeys(publication(item.id()));
    }

    private String publication(String item) {
        return jdbc.sql("select id from publication where item_id = :item").param("item", item).query(String.class).single();
    }
}
