package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who clicks twice, or whose first answer was lost, publishes once.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class PublishTwiceHttpTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api writer;
    Item item;

    @BeforeEach
    void anApprovedItem() {
        writer = Api.of(port).signIn(people.writer().username());
        item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Published once"));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
    }

    @Test
    void twentyWhoPublishAtTheSameMomentGetOnePublication() throws Exception {
        var together = new CyclicBarrier(20);
        var answers = new ArrayList<Api.Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Future<Api.Answer>>();
            for (int i = 0; i < 20; i++) {
                tries.add(threads.submit(() -> {
                    together.await();
                    return publish("");
                }));
            }
            for (var it : tries) {
                answers.add(it.get());
            }
        }
        assertThat(answers).extracting(Api.Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(new HashSet<>(answers.stream().map(Api.Answer::json).toList())).as("the same answer for all").hasSize(1);
        assertThat(publications()).isEqualTo(1);
        assertThat(sequences()).isEqualTo(1);
    }

    @Test
    void whatIsPublishedForAGivenTimeIsPublishedOnceForIt() {
        var until = Instant.now().plus(3, ChronoUnit.DAYS).plusNanos(123); // finer than the database keeps
        var from = Instant.now().plus(1, ChronoUnit.DAYS).plusNanos(789);
        var window = ", \"effectiveFrom\": \"%s\", \"effectiveUntil\": \"%s\"".formatted(from, until);
        var first = publish(window);
        assertThat(first.status()).isEqualTo(201);
        var again = publish(window);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
    }

    @Test
    void anotherTimeOrAnotherApprovalIsAnotherPublication() {
        assertThat(publish("").status()).isEqualTo(201);
        assertThat(publish(", \"effectiveUntil\": \"%s\"".formatted(Instant.now().plus(3, ChronoUnit.DAYS))).status()).isEqualTo(201);
        assertThat(publish("").status()).as("until the approval ends again").isEqualTo(201);
        shelf.changed(item, article("In other words"), "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        assertThat(publish("").status()).isEqualTo(201);
        assertThat(publications()).isEqualTo(4);
    }

    private Api.Answer publish(String window) {
        return writer.post("/manage/v1/items/" + item.id() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"" + window + "}");
    }

    private long publications() {
        return jdbc.sql("select count(*) from publication where item_id = :id").param("id", item.id()).query(Long.class).single();
    }

    private long sequences() {
        return jdbc.sql("select count(*) from content_change where item_id = :id").param("id", item.id()).query(Long.class).single();
    }
}
