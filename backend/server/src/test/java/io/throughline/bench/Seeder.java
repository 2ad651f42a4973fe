package io.throughline.bench;

import io.throughline.ThroughlineApplication;
import io.throughline.content.ContentDesk;
import io.throughline.content.Item;
import io.throughline.content.NewItem;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import io.throughline.evidence.References;
import io.throughline.evidence.RegisteredReference;
import io.throughline.publication.PublicationDesk;
import io.throughline.publication.PublishOutcome;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.strategy.StrategyFixture;
import io.throughline.taxonomy.Brand;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills an empty installation with the benchmark's portfolio, the same on every run but for ids and times. Runs in a process of
/// its own, as the application with the arguments given.
///
/// Items, versions, publications, facets and documents are made by the desks that make everybody's. Only the reviews are written
/// as rows: a hundred thousand password checks would measure nothing that is asked here.
public final class Seeder {

    static final String APPROVED_ONLY_REASON = "benchmark: to be published";
    /// More than these are copies of them, written as rows.
    static final int BY_DESKS = 10_000;
    static final int TO_PUBLISH = 60;
    private static final int BATCH = 250;
    private static final int REFERENCES = 600;
    private static final int MANY = 100_000;

    private record Planned(NewItem item, String market, Instant approvedAt, boolean publish) {}

    private final ContentDesk content;
    private final PublicationDesk publications;
    private final PeopleFixture people;
    private final Renditions renditions;
    private final MarketPacks packs;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batch;
    private final TransactionTemplate transaction;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final SplittableRandom random = new SplittableRandom(20_261_121);
    private final Map<String, String> safety = new HashMap<>();
    private final Map<String, String> prescribing = new HashMap<>();
    private final Map<String, List<String>> claims = new HashMap<>();
    private final List<RegisteredReference> references;
    private int number;

    private Seeder(ApplicationContext context) {
        content = context.getBean(ContentDesk.class);
        publications = context.getBean(PublicationDesk.class);
        people = context.getBean(PeopleFixture.class);
        renditions = context.getBean(Renditions.class);
        packs = context.getBean(MarketPacks.class);
        jdbc = context.getBean(JdbcClient.class);
        batch = context.getBean(NamedParameterJdbcTemplate.class);
        transaction = context.getBean(TransactionTemplate.class);
        var register = context.getBean(References.class);
        people.webKey();
        var administrator = people.administrator();
        for (int i = 0; i < Shelves.BRANDS.size(); i++) {
            context.getBean(Brands.class).add(administrator, new Brand(Shelves.BRANDS.get(i), Shelves.BRANDS.get(i), "inventamol " + i, "various",
                    List.of(Shelves.INDICATIONS.get(i)), "growth"));
        }
        people.signatory(); // passwords are hashed outside of transactions
        references = register.register(people.writer(), IntStream.range(0, REFERENCES).mapToObj(i -> Words.reference(random, i)).toList());
    }

    public static void main(String[] args) throws InterruptedException, IOException, SQLException {
        try (var context = SpringApplication.run(ThroughlineApplication.class, args)) {
            var started = System.nanoTime();
            if (context.getEnvironment().getProperty("bench.step", "write").equals("index")) {
                index(context);
                return;
            }
            var seeder = new Seeder(context);
            seeder.pairs();
            seeder.claims(2_500);
            int items = context.getEnvironment().getRequiredProperty("bench.items", Integer.class);
            seeder.others(Math.min(items, BY_DESKS) - seeder.number);
            seeder.waiting();
            seeder.strategies(context.getBean(StrategyFixture.class));
            awaitIndices(seeder.jdbc);
            if (items > BY_DESKS) {
                new Copies(context).write(items - BY_DESKS);
            }
            System.out.printf("seeded %d items in %.0f s%n", seeder.number, (System.nanoTime() - started) / 1e9);
        }
    }

    /// Safety information of each kind and prescribing information, for each brand and market.
    private void pairs() {
        var planned = new ArrayList<Planned>();
        for (var market : Shelves.MARKETS) {
            for (var brand : Shelves.BRANDS) {
                for (var kind : List.of("promotional", "non-promotional", "scientific-exchange")) {
                    planned.add(pair("safety-information", kind, brand, market, Json.object().put("title", "Safety information of " + brand)
                            .put("body", Words.body(random, 8))));
                }
                planned.add(pair("prescribing-information", "non-promotional", brand, market, Json.object().put("title", "Prescribing information of " + brand)
                        .put("body", Words.body(random, 20)).put("labelUrl", "https://label.example/" + brand).put("establishedName", "inventamol")));
            }
        }
        var items = release(planned);
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var place = planned.get(i).market() + "|" + item.brand();
            if (item.type().equals("safety-information")) {
                safety.put(place + "|" + item.kind(), item.id());
            } else {
                prescribing.put(place, item.id());
            }
        }
    }

    private Planned pair(String type, String kind, String brand, Shelves.Market market, ObjectNode document) {
        Shelves.put(document.putObject("classification"), "audience", 
                kind.equals("non-promotional") ? List.of("hcp", "patient", "caregiver", "payer") : List.of("hcp"));
        return planned(new NewItem(type, kind, brand, market.locale(), document), market);
    }

    private void claims(int count) {
        for (int done = 0; done < count; done += BATCH) {
            var planned = IntStream.range(0, Math.min(BATCH, count - done)).mapToObj(_ -> claim()).toList();
            var items = release(planned);
            for (int i = 0; i < items.size(); i++) {
                claims.computeIfAbsent(planned.get(i).market() + "|" + items.get(i).brand(), _ -> new ArrayList<>()).add(items.get(i).id());
            }
        }
    }

    private Planned claim() {
        var market = Shelves.market(random);
        var brand = Words.pick(random, Shelves.BRANDS);
        var kind = kind(brand, Shelves.PROFESSIONALS);
        var document = Json.object().put("title", Words.title(random, number++)).put("text", Words.sentence(random)).put("efficacyClaim", random.nextBoolean());
        return paired(market, kind, brand, "claim", Shelves.classified(random, document, Shelves.PROFESSIONALS, brand));
    }

    private void others(int count) {
        for (int done = 0; done < count; done += BATCH) {
            release(IntStream.range(0, Math.min(BATCH, count - done)).mapToObj(_ -> other()).toList());
        }
    }

    private Planned other() {
        int at = random.nextInt(75);
        var type = at < 45 ? "article" : at < 65 ? "plain-language-summary" : "standard-response";
        var market = Shelves.market(random);
        var brand = random.nextInt(5) == 0 ? null : Words.pick(random, Shelves.BRANDS);
        var journey = Shelves.journey(random, type);
        var kind = kind(type.equals("standard-response") ? null : brand, journey);
        return paired(market, kind, brand, type, Shelves.classified(random, text(type, market.code(), brand), journey, brand));
    }

    private ObjectNode text(String type, String market, @Nullable String brand) {
        var document = Json.object().put("title", Words.title(random, number++)).put("body", Words.body(random, random.nextInt(12, 48)));
        if (type.equals("standard-response")) {
            document.put("question", Words.sentence(random).replace('.', '?'));
        } else {
            document.put("summary", Words.sentence(random) + " " + Words.sentence(random)).put("efficacyClaim", brand != null && random.nextInt(3) == 0);
        }
        var cited = document.putArray("references");
        random.ints(random.nextInt(2, 7), 0, REFERENCES).distinct()
                .forEach(i -> cited.addObject().put("id", references.get(i).id()).set("csl", references.get(i).csl()));
        var known = claims.getOrDefault(market + "|" + brand, List.of());
        if (!known.isEmpty()) {
            var made = document.putArray("claims");
            random.ints(random.nextInt(3), 0, known.size()).distinct().forEach(i -> made.add(known.get(i)));
        }
        return document;
    }

    private String kind(@Nullable String brand, Shelves.Journey journey) {
        if (brand == null || !journey.equals(Shelves.PROFESSIONALS)) {
            return "non-promotional";
        }
        int at = random.nextInt(10);
        return at < 5 ? "promotional" : at < 8 ? "non-promotional" : "scientific-exchange";
    }

    /// With what must be shown beside it, as a writer would pair it.
    private Planned paired(Shelves.Market market, String kind, @Nullable String brand, String type, ObjectNode document) {
        var place = market.code() + "|" + brand;
        if (brand != null && !type.equals("standard-response")) {
            document.put("safetyInformation", Objects.requireNonNull(safety.get(place + "|" + kind)));
            if (kind.equals("promotional")) {
                document.put("prescribingInformation", Objects.requireNonNull(prescribing.get(place)));
            }
        }
        return planned(new NewItem(type, kind, brand, market.locale(), document), market);
    }

    private Planned planned(NewItem item, Shelves.Market market) {
        return new Planned(item, market.code(), now.minus(Duration.ofMinutes(random.nextInt(60, 500_000))), true);
    }

    /// Approved items for the one context that the run watches; the later the approval, the better the rank, so that each leads its
    /// set from the moment it is published.
    private void waiting() {
        var market = Shelves.MARKETS.getFirst();
        var brand = Shelves.BRANDS.getFirst();
        release(IntStream.range(0, TO_PUBLISH).mapToObj(i -> {
            var document = Shelves.hot(text("article", market.code(), brand));
            var item = paired(market, "promotional", brand, "article", document).item();
            return new Planned(item, market.code(), now.minus(Duration.ofSeconds(TO_PUBLISH - i)), false);
        }).toList());
    }

    /// One of the portfolio and one of each brand, all active: an objective for every step that an audience shall take.
    private void strategies(StrategyFixture strategies) {
        var portfolio = new ArrayList<String>();
        for (var journey : List.of(Shelves.PROFESSIONALS, Shelves.PATIENTS, Shelves.CAREGIVERS, Shelves.PAYERS)) {
            portfolio.addAll(objectives(journey, journey.audiences().subList(0, 1)));
        }
        var hot = StrategyFixture.objective("obj_hot", "\"audience\": \"hcp.cardiology\", \"weight\": 1.0, \"brands\": [\"%s\"]".formatted(Shelves.BRANDS.getFirst()));
        portfolio.add(hot); // so that what is published during the run leads the set that is watched
        strategies.active("Portfolio", null, portfolio.toArray(String[]::new));
        for (var brand : Shelves.BRANDS) {
            strategies.active(brand, brand, objectives(Shelves.PROFESSIONALS, Shelves.PROFESSIONALS.audiences()).toArray(String[]::new));
        }
    }

    private List<String> objectives(Shelves.Journey journey, List<String> audiences) {
        return IntStream.range(1, journey.stages().size()).mapToObj(i -> {
            var from = journey.stages().get(i - 1);
            var need = Words.pick(random, Shelves.NEEDS);
            return StrategyFixture.objective("obj_" + random.nextInt(1_000_000_000),
                    "\"audience\": \"%s\", \"fromStage\": \"%s\", \"toStage\": \"%s\"".formatted(Words.pick(random, audiences), from, journey.stages().get(i)),
                    "\"needs\": [\"%s\", \"%s\"], \"markets\": [\"GB\", \"DE\", \"US\"]".formatted(need, Words.pick(random, Shelves.NEEDS)),
                    "\"weight\": %s, \"plan\": [{\"stage\": \"%s\", \"need\": \"%s\", \"items\": 3}]".formatted(random.nextInt(3, 11) / 10.0, from, need));
        }).toList();
    }

    private List<Item> release(List<Planned> planned) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var writer = people.writer();
            var items = content.createAll(writer, planned.stream().map(Planned::item).toList()).stream().map(Seeder::created).toList();
            approve(items, planned, writer);
            for (int i = 0; i < items.size(); i++) {
                if (planned.get(i).publish()) {
                    var outcome = publications.publish(writer, items.get(i).id(), planned.get(i).item().locale(), planned.get(i).market(), null, null, null);
                    if (!(outcome instanceof PublishOutcome.Published)) {
                        throw new IllegalStateException(planned.get(i) + ": " + outcome);
                    }
                }
            }
            return items;
        }));
    }

    private static Item created(ContentDesk.Creation creation) {
        return switch (creation) {
            case ContentDesk.Creation.Created(var item, _) -> item;
            case ContentDesk.Creation.Invalid(var findings) -> throw new IllegalStateException("the benchmark's own content is refused: " + findings);
        };
    }

    private void approve(List<Item> items, List<Planned> planned, Actor writer) {
        var rows = new MapSqlParameterSource[items.size()];
        for (int i = 0; i < rows.length; i++) {
            var locale = planned.get(i).item().locale();
            var version = frozen(content.freeze(writer, items.get(i).id(), locale, 1));
            var code = planned.get(i).market() + "-2025-" + items.get(i).key();
            var rendition = renditions.freeze(items.get(i), version, packs.get(planned.get(i).market()), code, "2026-11");
            var reason = planned.get(i).publish() ? null : APPROVED_ONLY_REASON;
            rows[i] = new MapSqlParameterSource("item", items.get(i).id()).addValue("locale", locale).addValue("market", planned.get(i).market())
                    .addValue("version", version.number()).addValue("sha256", version.sha256()).addValue("rendition", rendition.sha256()).addValue("title", version.document().path("title").asString())
                    .addValue("job", Ids.next("job")).addValue("approval", Ids.next("apr")).addValue("signature", Ids.next("sig"))
                    .addValue("code", code).addValue("note", reason)
                    .addValue("writer", writer.id()).addValue("signatory", people.signatory().id())
                    .addValue("at", utc(planned.get(i).approvedAt())).addValue("until", utc(now.plus(300, ChronoUnit.DAYS)));
        }
        for (var statement : APPROVAL) {
            batch.batchUpdate(statement, rows);
        }
    }

    private static final List<String> APPROVAL = List.of("""
            insert into electronic_signature (id, person_id, printed_name, registration_number, meaning, signed_at, subject_type, subject_id, sha256, components, seal)
            values (:signature, :signatory, 'Benchmark', 'REG', 'certified', :at, 'version', :item, :rendition, 'password', 'not sealed')
            """, """
            insert into review_job (id, code, item_id, locale, market, date_of_preparation, opened_by, opened_at, state, closed_at)
            values (:job, :code, :item, :locale, :market, '2026-11', :writer, :at, 'certified', :at)
            """, """
            insert into review_circulation (job_id, number, version_number, version_sha256, rendition_sha256, title, changed_blocks, total_blocks, note, started_by, started_at, ended_at, outcome)
            values (:job, 1, :version, :sha256, :rendition, :title, 1, 1, :note, :writer, :at, :at, 'certified')
            """, """
            insert into approval (id, job_id, circulation, item_id, locale, version_number, version_sha256, rendition_sha256, market, valid_from, valid_until, job_code,
                                  date_of_preparation, approved_at, certified_by, signature_id)
            values (:approval, :job, 1, :item, :locale, :version, :sha256, :rendition, :market, :at, :until, :code, '2026-11', :at, :signatory, :signature)
            """);

    private static Version frozen(ContentDesk.Freezing freezing) {
        if (freezing instanceof ContentDesk.Freezing.Frozen(var version)) {
            return version;
        }
        throw new IllegalStateException("a draft could not be frozen: " + freezing);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// Takes the catalogue's index away, so that it is built anew over everything there is, and tells how long that took. A small one
    /// again and again: the first build, by servers that have just started, is told apart from the median of those after a warm-up.
    private static void index(ApplicationContext context) throws IOException, InterruptedException {
        var jdbc = context.getBean(JdbcClient.class);
        var elasticsearch = context.getBean(RestClient.class);
        while (!Objects.requireNonNull(context.getBean("catalogueHealthIndicator", HealthIndicator.class).health()).getStatus().equals(Status.UP)) {
            Thread.sleep(100); // a large catalogue is being read, which an index that is built anew later doesn't wait for
        }
        awaitIndices(jdbc);
        long items = jdbc.sql("select count(*) from publication where ended_sequence is null").query(Long.class).single();
        double first = rebuild(jdbc, elasticsearch);
        double[] seconds = {first};
        if (items < MANY) {
            for (var end = Instant.now().plus(Benchmark.WARM_UP); Instant.now().isBefore(end); ) {
                rebuild(jdbc, elasticsearch);
            }
            seconds = new double[Benchmark.ROUNDS];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = rebuild(jdbc, elasticsearch);
            }
        }
        var stats = ask(elasticsearch, "GET", "/throughline-catalogue/_stats/store,docs").path("_all").path("primaries");
        if (stats.path("docs").path("count").asLong() != items) {
            throw new IllegalStateException("the index holds " + stats.path("docs").path("count") + " of " + items);
        }
        var report = Json.object().put("items", items).put("seconds", Figures.median(seconds)).put("times", seconds.length).put("firstSeconds", first)
                .put("bytes", jdbc.sql("select avg(octet_length(document))::bigint from publication tablesample bernoulli (:percent)").param("percent", items < MANY ? 100 : 1).query(Long.class).single())
                .put("indexBytes", stats.path("store").path("size_in_bytes").asLong() / items);
        Files.writeString(Path.of(context.getEnvironment().getRequiredProperty("bench.report")), Json.text(report));
        jdbc.sql("vacuum analyze").update();
    }

    /// @return seconds from the new index's creation until it shows everything
    private static double rebuild(JdbcClient jdbc, RestClient elasticsearch) throws IOException, InterruptedException {
        if (isThere(elasticsearch)) { // else the run before was broken off, and the server is building it already
            ask(elasticsearch, "DELETE", "/" + ask(elasticsearch, "GET", "/_alias/throughline-catalogue").propertyNames().iterator().next());
        }
        while (!isThere(elasticsearch)) {
            Thread.sleep(25);
        }
        awaitIndices(jdbc);
        long created = Long.parseLong(ask(elasticsearch, "GET", "/throughline-catalogue/_settings").iterator().next()
                .path("settings").path("index").path("creation_date").asString());
        return (System.currentTimeMillis() - created) / 1e3;
    }

    /// Elasticsearch may ask for patience while it builds.
    private static boolean isThere(RestClient elasticsearch) throws IOException {
        try {
            return elasticsearch.performRequest(new Request("HEAD", "/_alias/throughline-catalogue")).getStatusLine().getStatusCode() == 200;
        } catch (ResponseException busy) {
            return false;
        }
    }

    private static JsonNode ask(RestClient elasticsearch, String method, String path) throws IOException {
        try (var content = elasticsearch.performRequest(new Request(method, path)).getEntity().getContent()) {
            return Json.mapper().readTree(content);
        }
    }

    private static void awaitIndices(JdbcClient jdbc) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofMinutes(20).toNanos();
        while (jdbc.sql("""
                        select (select value from content_sequence) - (select coalesce(min(sequence), 0) from search_cursor where index_name = 'catalogue')
                               + (select count(*) from search_dirty)
                        """).query(Long.class).single() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the indices did not catch up in twenty minutes");
            }
            Thread.sleep(25);
        }
    }
}
