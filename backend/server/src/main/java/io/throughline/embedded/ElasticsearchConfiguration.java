package io.throughline.embedded;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/// The one client to Elasticsearch. It connects when it is first used: a server without Elasticsearch still starts.
@Configuration(proxyBeanMethods = false)
class ElasticsearchConfiguration {

    @Bean(destroyMethod = "close")
    RestClient elasticsearchRestClient(Environment environment) {
        var headers = new ArrayList<Header>();
        var user = environment.getProperty("throughline.elasticsearch.user", "");
        var apiKey = environment.getProperty("throughline.elasticsearch.api-key", "");
        if (!apiKey.isBlank()) {
            headers.add(new BasicHeader("Authorization", "ApiKey " + apiKey));
        } else if (!user.isBlank()) {
            var pair = user + ":" + environment.getProperty("throughline.elasticsearch.password", "");
            headers.add(new BasicHeader("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
        }
        var url = environment.getRequiredProperty("throughline.elasticsearch.url");
        return RestClient.builder(HttpHost.create(url))
                .setDefaultHeaders(headers.toArray(Header[]::new))
                .setRequestConfigCallback(it -> it.setConnectTimeout(2_000).setSocketTimeout(30_000))
                .build();
    }

    @Bean
    ElasticsearchClient elasticsearchClient(RestClient elasticsearchRestClient) {
        return new ElasticsearchClient(new RestClientTransport(elasticsearchRestClient, new Jackson3JsonpMapper()));
    }

    /// First of all runners: what the others do may need searches, and "ready" should mean ready.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ApplicationRunner elasticsearchIsUp(EmbeddedServers servers) {
        return _ -> servers.awaitElasticsearch();
    }
}
