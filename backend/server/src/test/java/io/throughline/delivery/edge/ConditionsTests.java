package io.throughline.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gzip | true", "GZIP | true", "br, gzip;q=0.5 | true", "* | true", "x-gzip | true", "'' | false", "identity | false",
        "gzip;q=0 | false", "gzip; q=0.000, * | false", "*;q=0 | false", "gzip;q=0.001 | true", "gzipped | false"})
    void gzipIsTakenWhereItIsNamedOrAnythingIsAndNotRefused(String accepted, boolean takes) {
        assertThat(Conditions.takesGzip(accepted)).isEqualTo(takes);
    }
}
