package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// Reading needs no write. The database answers every insert, update and delete as it does when its disk is full, with `disk_full` (53100); filling a real disk
/// would take the other tests' servers along.
@IntegrationTest
@TestPropertySource(properties = "throughline.db.delivery-connections=5")
@Import({DeliveryFixture.class, PeopleFixture.class})
class FullDiskTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    @AfterEach
    void makeRoom() {
        tables().forEach(table -> jdbc.sql("drop trigger if exists full_disk on \"" + table + "\"").update());
    }

    @Test
    void everyWayOutIsServedAndWhoWritesHearsThatNothingWasKept() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Read while the disk is full"));
        shelf.awaitIndex();
        var channel = Api.of(port).withKey(people.webKey());
        people.signatory();
        var signatory = Api.of(port).signIn("dr.signa");
        var copy = channel.get("/v1/sync?initial=true&market=GB&locale=en-GB&limit=100").json().path("nextToken").asString();
        fill();

        // nobody asked for these before: nothing of them is in memory
        assertThat(channel.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status()).isEqualTo(200);
        assertThat(channel.get("/v1/content-sets?audience=hcp&market=GB&locale=en-GB&limit=7").status()).isEqualTo(200);
        assertThat(channel.get("/v1/items?q=disk&market=GB&locale=en-GB").status()).isEqualTo(200);
        assertThat(channel.get("/v1/items?market=GB&locale=en-GB&limit=3").status()).isEqualTo(200);
        assertThat(channel.get("/v1/sync?token=" + copy).status()).isEqualTo(200);
        awaitReadiness("DEGRADED"); // what was asked for can't be written down, and is kept for later
        assertThat(channel.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status()).as("after the demand could not be written down").isEqualTo(200);

        var event = Json.object().put("specversion", "1.0").put("id", "evt_full").put("source", "/apps/portal").put("type", "stage-changed")
                .put("time", Instant.now().toString()).put("subject", "7f3c9a1e5b2d4f60");
        event.putObject("data").put("from", "considering").put("to", "trying");
        var events = channel.post("/v1/events", Json.text(List.of(event)));
        assertThat(events.status()).as(events.body()).isEqualTo(507);
        assertThat(signatory.get("/manage/v1/items/" + item.id()).status()).as("people read, too").isEqualTo(200);
        var withdrawal = signatory.post("/manage/v1/items/" + item.id() + "/withdrawals", "{\"reason\": \"A new safety signal.\"}");
        assertThat(withdrawal.status()).as(withdrawal.body()).isEqualTo(507);
        assertThat(withdrawal.json().path("code").asString()).isEqualTo("storage-full");
        assertThat(withdrawal.json().path("detail").asString()).contains("nothing of this was kept or done");
        assertThat(withdrawal.header("Retry-After")).isPresent();
        assertThat(channel.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status()).isEqualTo(200);
        var readiness = Api.of(port).get("/actuator/health/readiness");
        assertThat(readiness.status()).as("it goes on delivering").isEqualTo(200);
        assertThat(readiness.json().path("status").asString()).isEqualTo("DEGRADED");
        assertThat(readiness.json().path("components").path("storage").path("details").path("reason").asString()).contains("PostgreSQL could not write", "disk is full");

        makeRoom();
        assertThat(signatory.post("/manage/v1/items/" + item.id() + "/withdrawals", "{\"reason\": \"A new safety signal.\"}").status()).isEqualTo(201);
        assertThat(channel.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status()).isEqualTo(410);
    }

    private void awaitReadiness(String status) {
        for (int i = 0; i < 200; i++) {
            if (Api.of(port).get("/actuator/health/readiness").json().path("status").asString().equals(status)) {
                return;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        throw new AssertionError("readiness never said " + status);
    }

    private void fill() {
        jdbc.sql("""
                create or replace function full_disk() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$
                """).update();
        tables().forEach(table -> jdbc.sql("create trigger full_disk before insert or update or delete on \"" + table + "\" for each statement execute function full_disk()").update());
    }

    private List<String> tables() {
        return jdbc.sql("select tablename from pg_tables where schemaname = current_schema()").query(String.class).list();
    }
}
