package io.throughline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServerSettingsTests {

    @Test
    void withNothingSetEverythingIsEmbedded() {
        var settings = ServerSettings.of(new StandardEnvironment());
        assertThat(settings.database()).isEmpty();
        assertThat(settings.elasticsearch()).isEmpty();
        assertThat(settings.usesDataDirectory()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1MB", "512MB", "4GB", "999999GB"})
    void aSizeForDocumentsIsTaken(String size) {
        assertThat(with("throughline.document-cache", size)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4G", "4 GB", "-1MB", "04GB", "4TB", "1000000GB", "much", "4gb"})
    void whatIsNoSizeStopsTheStartAndSaysHowToWriteOne(String size) {
        assertThatThrownBy(() -> with("throughline.document-cache", size)).isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("THROUGHLINE_DOCUMENT_CACHE is '" + size + "', which is no size")
                .satisfies(refused -> assertThat(((ConfigurationRefused) refused).remedy()).contains("512MB or 8GB"));
    }

    @ParameterizedTest
    @CsvSource({"throughline.rate-limit.requests,THROUGHLINE_RATE_LIMIT_REQUESTS", "throughline.rate-limit.address-requests,THROUGHLINE_RATE_LIMIT_ADDRESS_REQUESTS",
            "throughline.sign-in.address-failures,THROUGHLINE_SIGN_IN_ADDRESS_FAILURES"})
    void aLimitIsAWholeNumberOfRequests(String name, String variable) {
        assertThat(with(name, "1000000000")).isNotNull();
        for (var wrong : new String[] {"0", "-1", "1e3", "1000000001", "many"}) {
            assertThatThrownBy(() -> with(name, wrong)).isInstanceOf(ConfigurationRefused.class).hasMessageContaining(variable + " is '" + wrong + "'");
        }
    }

    @ParameterizedTest
    @CsvSource({"throughline.db.management-connections,THROUGHLINE_DB_MANAGEMENT_CONNECTIONS", "throughline.db.delivery-connections,THROUGHLINE_DB_DELIVERY_CONNECTIONS"})
    void aPoolHasTwoToNineHundredAndNinetyNineConnections(String name, String variable) {
        assertThat(with(name, "2")).isNotNull();
        assertThat(with(name, "999")).isNotNull();
        for (var wrong : new String[] {"0", "1", "-2", "02", "1000", "ten"}) {
            assertThatThrownBy(() -> with(name, wrong)).isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining(variable + " is '" + wrong + "', which is no number of connections");
        }
    }

    private static ServerSettings with(String name, String value) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));
        return ServerSettings.of(environment);
    }
}
