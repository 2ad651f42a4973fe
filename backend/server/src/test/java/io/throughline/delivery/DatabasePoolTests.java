package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.Kinds;
import io.throughline.delivery.demand.DemandLedger;
import io.throughline.shared.DatabasePool;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// Neither side waits for connections that the other one holds.
@IntegrationTest
@TestPropertySource(properties = {"throughline.db.management-connections=4", "throughline.db.delivery-connections=4", "spring.datasource.hikari.connection-timeout=1000"})
@Import({DeliveryFixture.class, PeopleFixture.class})
class DatabasePoolTests {

    private static final int POOL = 4;

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired DemandLedger demand;
    @Autowired DataSource dataSource;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    private final List<Connection> held = new ArrayList<>();
    String item;
    String key;
    Api person;

    @BeforeEach
    void somethingToRead() {
        item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Read while others hold the database")).id();
        key = people.webKey();
        person = Api.of(port).signIn(people.writer().username());
    }

    @AfterEach
    void letGo() throws SQLException {
        for (var connection : held) {
            connection.close();
        }
    }

    @Test
    void channelsAreAnsweredWhileManagementHoldsAllItsConnections() throws SQLException {
        hold(DatabasePool.MANAGEMENT);
        assertThatThrownBy(dataSource::getConnection).as("management waits in vain").isInstanceOf(SQLTransientConnectionException.class);
        // nothing of it is in memory yet: the key, its channel's limit, the document
        var channel = Api.of(port).withKey(key);
        var began = Instant.now();
        assertThat(channel.get("/v1/items/" + item + "?market=GB&locale=en-GB").status()).isEqualTo(200);
        assertThat(channel.get("/v1/items?market=GB&locale=en-GB").status()).isEqualTo(200);
        assertThat(channel.get("/v1/content-sets?audience=hcp&market=GB&locale=en-GB").status()).isEqualTo(200);
        assertThat(channel.get("/v1/sync?initial=true&market=GB&locale=en-GB").status()).isEqualTo(200);
        var event = """
                [{"id": "evt_pool", "source": "tests", "type": "io.throughline.engagement.opened.v1", "subject": "reader-of-pools"}]""";
        assertThat(channel.post("/v1/events", event).status()).as("events are written over the same pool").isEqualTo(202);
        assertThat(Duration.between(began, Instant.now())).as("nobody waited for management").isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void demandIsWrittenDownWhileManagementHoldsAllItsConnections() throws SQLException, InterruptedException {
        Api.of(port).withKey(key).get("/v1/content-sets?audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB");
        long before = asked();
        hold(DatabasePool.MANAGEMENT);
        Api.of(port).withKey(key).get("/v1/content-sets?audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB");
        for (int i = 0; i < 100 && asked() == before; i++) {
            Thread.sleep(100);
        }
        assertThat(asked()).isGreaterThan(before);
    }

    @Test
    @Tag("S31")
    void peopleHearThatTheServerIsBusyWhileAllConnectionsOfManagementAreInUse() throws SQLException {
        hold(DatabasePool.MANAGEMENT);
        for (var answer : List.of(person.get("/manage/v1/items/" + item), person.post("/manage/v1/items/" + item + "/withdrawals", "{\"reason\": \"r\"}"),
                Api.of(port).trySignIn("nobody.at.all", "a long and quiet river"))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.json().path("code").asString()).isEqualTo("busy");
            assertThat(answer.header("Retry-After")).contains("3");
        }
    }

    @Test
    void managementAnswersWhileDeliveryHoldsAllItsConnections() throws SQLException {
        hold(DatabasePool.DELIVERY);
        assertThat(person.get("/manage/v1/items/" + item).status()).isEqualTo(200);
    }

    private long asked() {
        return DatabasePool.DELIVERY.call(() -> jdbc.sql("select coalesce(sum(requests), 0) from demand_day").query(Long.class).single());
    }

    private void hold(DatabasePool pool) throws SQLException {
        for (int i = 0; i < POOL; i++) {
            held.add(pool.call(dataSource::getConnection));
        }
    }
}
