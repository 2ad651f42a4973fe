package io.throughline.cluster;

import io.throughline.ThroughlineApplication;
import io.throughline.content.Item;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Fills an installation before its nodes start: people, keys, and items that are approved and wait to be published.
final class Stock {

    private final DeliveryFixture shelf;
    private final PeopleFixture people;

    private Stock(ConfigurableApplicationContext context) {
        shelf = context.getBean(DeliveryFixture.class);
        people = context.getBean(PeopleFixture.class);
        // everybody, so that later nobody is missing
        people.webKey();
        people.writer();
        people.medical();
        people.legal();
        people.regulatory();
        people.signatory();
        people.channelManager();
        people.administrator();
    }

    static <T> T fill(Map<String, String> settings, Function<Stock, T> filling) {
        var arguments = new TreeMap<>(settings);
        arguments.put("server.port", "0");
        try (var context = new SpringApplicationBuilder(ThroughlineApplication.class, DeliveryFixture.class, PeopleFixture.class)
                .initializers(NodeMain.withoutTests())
                .run(arguments.entrySet().stream().map(it -> "--" + it.getKey() + "=" + it.getValue()).toArray(String[]::new))) {
            return filling.apply(new Stock(context));
        }
    }

    /// Articles for one context, approved in GB for a year.
    List<Item> approved(String title, int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            var item = shelf.written("article", "non-promotional", null, DeliveryFixture.article(title + " " + i));
            shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
            return item;
        }).toList();
    }

    List<Item> drafts(String title, int count) {
        return IntStream.range(0, count).mapToObj(i -> shelf.written("article", "non-promotional", null, DeliveryFixture.article(title + " " + i))).toList();
    }

    List<Item> published(String title, int count) {
        var items = approved(title, count);
        items.forEach(item -> shelf.published(item, "GB"));
        return items;
    }

    DeliveryFixture shelf() {
        return shelf;
    }
}
