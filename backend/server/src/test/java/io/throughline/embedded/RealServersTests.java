package io.throughline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import io.throughline.testing.IntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

@IntegrationTest
class RealServersTests {

    @Autowired JdbcClient jdbc;
    @Autowired ElasticsearchClient elasticsearch;
    @LocalServerPort int port;

    @Test
    void worksOnServersThatSomebodyElseStarted() throws Exception {
        assertThat(jdbc.sql("select current_database()").query(String.class).single()).startsWith("context_");
        assertThat(elasticsearch.cluster().health().numberOfNodes()).isEqualTo(1);
    }

    @Test
    void isReadyAndTellsNoMoreThanWhatIsWrong() {
        var health = RestClient.create("http://127.0.0.1:" + port).get().uri("/actuator/health/readiness").retrieve().body(Map.class);
        assertThat(health).isEqualTo(Map.of("status", "UP", "components", Map.of("readinessState", Map.of("status", "UP"), "storage", Map.of("status", "UP"),
                "catalogue", Map.of("status", "UP", "details", Map.of("alteredDocuments", 0)))));
        var whole = RestClient.create("http://127.0.0.1:" + port).get().uri("/actuator/health").retrieve().body(Map.class);
        assertThat(whole).containsEntry("status", "UP").doesNotContainKey("components");
    }

    @Test
    void elasticsearchKnowsOurAnalyzers() throws Exception {
        assertThat(analyze("tl_text", "TNF-α trials")).containsExactly("tnf", "alpha", "trial");
        assertThat(analyze("tl_keyword_normal", "Ménière")).containsExactly("meniere");
        assertThat(analyze("tl_prefix", "abc")).containsExactly("ab", "abc");
        assertThat(analyze("tl_prefix_query", "ABC")).containsExactly("abc");
    }

    private java.util.List<String> analyze(String analyzer, String text) throws Exception {
        return elasticsearch.indices().analyze(it -> it.analyzer(analyzer).text(text)).tokens().stream()
                .map(it -> it.token()).toList();
    }
}
