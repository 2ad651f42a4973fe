package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What somebody of another brand, or of another market, gets of each route, in each state of what they ask for and with each role. A
/// route that is not in the table fails the test.
///
/// - `hidden`: 404, in the words in which something is missed that is not there
/// - `refused`: 403
/// - `filtered`: an answer in which nothing of the other's is
/// - `open`: the route tells of no brand or market, or of the person's own; why stands at the end of the line
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class ScopeMatrixTests {

    private static final String MATRIX = """
            ROUTE                                                             BRAND     MARKET    BODY OR REASON
            POST   /manage/v1/session                                         open      open      who signs in
            GET    /manage/v1/session                                         open      open      oneself
            DELETE /manage/v1/session                                         open      open      oneself
            PUT    /manage/v1/session/password                                open      open      oneself
            POST   /manage/v1/first-administrator                             open      open      before there is anybody
            GET    /manage/v1/about                                           open      open      the installation
            GET    /manage/v1/vocabularies                                    open      open      the framework
            GET    /manage/v1/content-types                                   open      open      the framework
            GET    /manage/v1/engagement-models                               open      open      the framework
            GET    /manage/v1/brands                                          filtered  open
            GET    /manage/v1/markets                                         open      filtered
            GET    /manage/v1/people                                          open      open      accounts; administrators know each other's
            POST   /manage/v1/people                                          refused   refused   {"username": "made.up", "displayName": "Made Up", "password": "a long and quiet river", "roles": ["writer"], "brands": ["{brand}"], "markets": ["GB"], "identityVerified": false}
            PUT    /manage/v1/people/{person}/access                          refused   refused   {"roles": ["writer"], "brands": [], "markets": [], "reason": "r"}
            POST   /manage/v1/people/{person}/suspension                      refused   refused   {"reason": "r"}
            POST   /manage/v1/people/{person}/resumption                      refused   refused   {"reason": "r"}
            POST   /manage/v1/people/{person}/password-reset                  refused   refused   {"password": "a long and quiet river", "reason": "r"}
            POST   /manage/v1/people/{person}/identity-confirmation           refused   refused   {"reason": "r"}
            GET    /manage/v1/items                                           filtered  open
            POST   /manage/v1/items                                           unmade    open      {"type": "article", "kind": "non-promotional", "brand": "{brand}", "locale": "en-GB", "document": {"title": "Mine"}}
            GET    /manage/v1/items/{item}                                    hidden    open
            POST   /manage/v1/items/{item}/drafts                             hidden    open      {"locale": "en-GB"}
            GET    /manage/v1/items/{item}/drafts/en-GB                       hidden    open
            PUT    /manage/v1/items/{item}/drafts/en-GB                       hidden    open      {"document": {"title": "Mine"}}
            DELETE /manage/v1/items/{item}/drafts/en-GB?reason=r              hidden    open
            GET    /manage/v1/items/{item}/drafts/en-GB/findings              hidden    open
            GET    /manage/v1/items/{item}/drafts/en-GB/annotations           hidden    open
            POST   /manage/v1/items/{item}/drafts/en-GB/copy-confirmation     hidden    open
            POST   /manage/v1/items/{item}/drafts/en-GB/submission            hidden    open      {"market": "GB"}
            GET    /manage/v1/items/{item}/versions                           hidden    open
            GET    /manage/v1/items/{item}/versions/en-GB/1                   hidden    open
            GET    /manage/v1/items/{item}/history                            hidden    open
            GET    /manage/v1/items/{item}/approvals                          hidden    filtered
            POST   /manage/v1/items/{item}/publications                       hidden    hidden    {"locale": "en-GB", "market": "GB"}
            POST   /manage/v1/items/{item}/withdrawals                        hidden    hidden    {"market": "GB", "reason": "r"}
            GET    /manage/v1/items/{item}/withdrawals/impact                 hidden    open
            POST   /manage/v1/receipts/reading                                open      open      whoever holds a sealed receipt was served it
            GET    /manage/v1/references                                      open      open      published works
            POST   /manage/v1/references                                      open      open      published works
            GET    /manage/v1/references/{reference}/notices/impact           open      open      how many items; named are those of the person's own brands and markets
            POST   /manage/v1/references/{reference}/notices                  open      open      published works; refused to who does not work for all that cites it
            POST   /manage/v1/references/{reference}/notices/{notice}/end     open      open      published works; refused to who does not work for all that cites it
            GET    /manage/v1/blobs/{blob}                                    hidden    open
            POST   /manage/v1/render                                          open      open      words that the person sends
            POST   /manage/v1/ingest/files                                    open      open      a form; tested with imports
            POST   /manage/v1/ingest/jobs                                     unmade    open      {"folder": "none", "kind": "non-promotional", "brand": "{brand}", "locale": "en-GB"}
            GET    /manage/v1/ingest/jobs                                     filtered  open
            GET    /manage/v1/ingest/jobs/{ingest}                            hidden    open
            GET    /manage/v1/ingest/jobs/{ingest}/files                      hidden    open
            GET    /manage/v1/jobs                                            filtered  filtered
            GET    /manage/v1/jobs/{job}                                      hidden    hidden
            GET    /manage/v1/jobs/{job}/changes                              hidden    hidden
            GET    /manage/v1/jobs/{job}/certificate                          hidden    hidden
            POST   /manage/v1/jobs/{job}/annotations                          hidden    hidden    {"quote": "q", "prefix": "", "suffix": "", "body": "b", "required": false}
            POST   /manage/v1/jobs/{job}/annotations/ann_none/replies         hidden    hidden    {"body": "b", "resolves": false}
            POST   /manage/v1/jobs/{job}/verdicts                             hidden    hidden    {"discipline": "medical", "verdict": "approve", "renditionSha256": "{sha}", "signature": {"userId": "{me}", "password": "{password}"}}
            POST   /manage/v1/jobs/{job}/certification                        hidden    hidden    {"renditionSha256": "{sha}", "validUntil": "2027-10-01T00:00:00Z", "signature": {"userId": "{me}", "password": "{password}"}}
            POST   /manage/v1/jobs/{job}/cancellation                         hidden    hidden    {"reason": "r"}
            GET    /manage/v1/strategies                                      filtered  open
            POST   /manage/v1/strategies                                      unmade    open      {"name": "Mine", "brand": "{brand}"}
            GET    /manage/v1/strategies/{strategy}                           hidden    open
            GET    /manage/v1/strategies/{strategy}/comparison?from=1&to=1    hidden    open
            POST   /manage/v1/strategies/{strategy}/versions                  hidden    open      {"document": {"summary": "s", "objectives": []}}
            GET    /manage/v1/strategies/{strategy}/versions/1                hidden    open
            POST   /manage/v1/strategies/{strategy}/versions/1/approval       hidden    open      {"reason": "r", "sha256": "{sha}", "signature": {"userId": "{me}", "password": "{password}"}}
            POST   /manage/v1/strategies/{strategy}/versions/1/activation     hidden    open      {"reason": "r"}
            POST   /manage/v1/strategies/{strategy}/versions/1/ending         hidden    open      {"reason": "r"}
            GET    /manage/v1/strategy-overlaps                               open      open      needs a context; its own test
            GET    /manage/v1/need-coverage                                   open      open      needs a context; its own test
            GET    /manage/v1/framework-matrix?brand={brand}&audience=hcp     absent    open
            GET    /manage/v1/framework-matrix.csv?brand={brand}&audience=hcp absent    open
            GET    /manage/v1/framework-matrix/cell                           open      open      needs a cell; its own test
            GET    /manage/v1/brief-suggestions                               open      open      needs a cell; its own test
            GET    /manage/v1/briefs                                          filtered  open
            POST   /manage/v1/briefs                                          open      open      its own test
            GET    /manage/v1/briefs/{brief}                                  open      open      its own test
            PUT    /manage/v1/briefs/{brief}                                  open      open      its own test
            POST   /manage/v1/briefs/{brief}/cancellation                     open      open      its own test
            POST   /manage/v1/briefs/{brief}/draft                            open      open      its own test
            GET    /manage/v1/channels                                        open      open      channels and the names of keys, for previews
            PUT    /manage/v1/channels/{channel}/limit                        refused   open      {"requests": 1, "windowSeconds": 60, "reason": "r"}
            PUT    /manage/v1/channels/{channel}/cdn                          refused   open      {"purgesByKey": true, "reason": "r"}
            POST   /manage/v1/channels/{channel}/keys                         refused   refused   {"name": "k", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["*"], "brands": ["{brand}"], "mayExplain": false, "mayTimeTravel": false, "expiresAt": "{tomorrow}"}
            PUT    /manage/v1/keys/{key}/brands                               refused   refused   {"brands": ["none"], "reason": "r"}
            POST   /manage/v1/keys/{key}/revocation                           refused   refused   {"reason": "r"}
            POST   /manage/v1/keys/{key}/rotation                             refused   refused   {"keepsPrevious": false, "reason": "r"}
            GET    /manage/v1/preview-tokens                                  open      open      names of tokens
            POST   /manage/v1/channels/{channel}/preview-tokens               open      refused   {"name": "t", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["*"], "expiresAt": "{tomorrow}"}
            POST   /manage/v1/preview-tokens/{token}/revocation               refused   refused   {"reason": "r"}
            GET    /manage/v1/channels/{channel}/content-set?{context}        filtered  filtered
            GET    /manage/v1/catalogue-changes?market=GB&locale=en-GB&brand={brand}  absent  absent
            GET    /manage/v1/webhooks                                        open      open      endpoints of channels
            POST   /manage/v1/channels/{channel}/webhooks                     refused   open      {"name": "w", "url": "https://localhost/hook", "events": ["content.published"]}
            GET    /manage/v1/webhooks/{webhook}                              open      open      endpoints of channels
            PUT    /manage/v1/webhooks/{webhook}                              refused   open      {"name": "w", "url": "https://localhost/hook", "events": ["content.published"]}
            POST   /manage/v1/webhooks/{webhook}/pause                        refused   open      {"reason": "r"}
            POST   /manage/v1/webhooks/{webhook}/resumption                   refused   open      {"reason": "r"}
            POST   /manage/v1/webhooks/{webhook}/deletion                     refused   open      {"reason": "r"}
            POST   /manage/v1/webhooks/{webhook}/secrets                      refused   open      {}
            POST   /manage/v1/webhooks/{webhook}/test-events                  refused   open
            GET    /manage/v1/webhooks/{webhook}/deliveries                   refused   open
            GET    /manage/v1/webhooks/{webhook}/deliveries/evt_none          open      open      of an endpoint; its own test
            POST   /manage/v1/webhooks/{webhook}/deliveries/evt_none/replay   refused   open
            POST   /manage/v1/webhooks/{webhook}/replays                      refused   open      {"since": "2026-11-01T00:00:00Z"}
            GET    /manage/v1/recalls                                         filtered  filtered
            GET    /manage/v1/recalls/{recall}                                hidden    hidden
            POST   /manage/v1/recalls/{recall}/channels/{channel}/confirmation  hidden  hidden    {"reason": "r"}
            POST   /manage/v1/recalls/{recall}/reminders                      hidden    hidden    {}
            POST   /manage/v1/recalls/{recall}/closing                        hidden    hidden    {"reason": "r"}
            GET    /manage/v1/my-work                                         filtered  filtered
            GET    /manage/v1/audit                                           open      open      auditors read the whole trail
            GET    /manage/v1/audit/export                                    open      open      auditors read the whole trail
            GET    /manage/v1/audit/verification                              open      open      auditors read the whole trail
            POST   /manage/v1/audit/verification                              open      open      auditors read the whole trail
            GET    /manage/v1/audit/verification/last                         open      open      auditors read the whole trail
            GET    /v1/items                                                  filtered  filtered
            GET    /v1/items/{item}                                           hidden    hidden
            GET    /v1/content-sets?{context}                                 filtered  absent
            GET    /v1/sync?initial=true&limit=100                            filtered  filtered
            GET    /v1/recalls                                                filtered  filtered
            POST   /v1/recalls/{recall}/confirmations                         hidden    hidden    {}
            POST   /v1/events                                                 open      open      whoever holds a sealed receipt was served it
            GET    /v1/content-types                                          open      open      the framework
            GET    /v1/content-types/article                                  open      open      the framework
            GET    /v1/vocabularies                                           open      open      the framework
            GET    /v1/vocabularies/stages                                    open      open      the framework
            GET    /v1/openapi.json                                           open      open      the contract
            GET    /preview/v1/items?locale=en-GB                             filtered  open
            GET    /preview/v1/items/{item}?locale=en-GB                      hidden    open
            GET    /preview/v1/content-sets?{context}                         filtered  absent
            GET    /preview/v1/openapi.json                                   open      open      the contract
            """;

    private record Line(String verb, String path, String brand, String market, String body) {

        static List<Line> all() {
            return MATRIX.lines().skip(1).map(line -> line.split(" +", 5))
                    .map(part -> new Line(part[0], part[1], part[2], part[3], part.length > 4 ? part[4] : "")).toList();
        }

        String bodyIfAny() {
            return body.startsWith("{") ? body : null;
        }
    }

    private static final String OURS = "matrixours";
    private static final String THEIRS = "matrixtheirs";
    private static final String CONTEXT = "audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB&limit=100";
    private static final Set<String> ALL = Set.of("*");

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings;
    @LocalServerPort int port;

    /// Placeholder to the ids that stand for it, by state.
    final Map<String, Map<String, String>> places = new LinkedHashMap<>();
    final List<String> foreign = new ArrayList<>();

    @BeforeEach
    void whatBelongsToTheOthers() {
        shelf.brand(OURS);
        shelf.brand(THEIRS);
        var draft = item();
        var approved = item();
        approve(approved);
        var effective = item();
        approve(effective);
        shelf.published(effective, "GB");
        var withdrawn = item();
        approve(withdrawn);
        shelf.published(withdrawn, "GB");
        shelf.withdrawn(withdrawn);
        var states = new LinkedHashMap<>(Map.of("draft", draft.id(), "approved", approved.id(), "effective", effective.id(), "withdrawn", withdrawn.id()));
        places.put("item", states);
        List.of(draft, approved, effective, withdrawn).forEach(item -> foreign.addAll(List.of(item.id(), item.key())));
        places.put("job", Map.of("certified", jdbc.sql("select code from review_job where item_id = :id").param("id", effective.id()).query(String.class).single()));
        foreign.add(places.get("job").get("certified"));
        var writer = people.writer().id();
        jdbc.sql("insert into blob (sha256, media_type, bytes, created_at) values (:sha, 'text/plain', 1, now()) on conflict do nothing").param("sha", "b".repeat(64)).update();
        jdbc.sql("insert into ingest_source (file_sha256, item_id) values (:sha, :item)").param("sha", "b".repeat(64)).param("item", draft.id()).update();
        places.put("blob", Map.of("held", "b".repeat(64)));
        jdbc.sql("insert into ingest_job (id, folder, kind, brand, locale, state, created_by, created_at) values ('ing_matrix', 'f', 'non-promotional', :brand, 'en-GB', 'cancelled', :by, now()) on conflict do nothing")
                .param("brand", THEIRS).param("by", writer).update();
        places.put("ingest", Map.of("cancelled", "ing_matrix"));
        foreign.add("ing_matrix");
        places.put("strategy", Map.of("draft", Api.of(port).signIn(people.strategist().username())
                .post("/manage/v1/strategies", "{\"name\": \"Theirs\", \"brand\": \"" + THEIRS + "\"}").json().path("id").asString()));
        foreign.add(places.get("strategy").get("draft"));
        places.put("person", Map.of("active", people.person("matrix.other", "Matrix Other", Set.of(Role.WRITER), Set.of(THEIRS), Set.of("GB")).id()));
        var channel = seed.channel("matrix", "Matrix", "web");
        places.put("channel", Map.of("there", channel.id()));
        seed.apiKey(channel, "tlk_matrix_theirs_0123456789", new NewApiKey("k", Set.of("GB"), ALL, ALL, new BrandScope(Set.of(THEIRS)), false, false, Instant.now().plusSeconds(3600)));
        places.put("key", Map.of("in force", jdbc.sql("select id from api_key where channel_id = :id order by created_at limit 1").param("id", channel.id()).query(String.class).single()));
        people.previewToken(people.channelManager());
        places.put("token", Map.of("in force", jdbc.sql("select id from preview_token order by created_at limit 1").query(String.class).single()));
        places.put("webhook", Map.of("none", "whk_none"));
        places.put("recall", Map.of("none", "rcl_none"));
        places.put("brief", Map.of("none", "brf_none"));
    }

    private Item item() {
        return shelf.written("article", Kinds.NON_PROMOTIONAL, THEIRS, DeliveryFixture.article("Of theirs"));
    }

    private void approve(Item item) {
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
    }

    @Test
    @Tag("S7")
    @Tag("S13")
    void everyRouteHasItsLine() {
        var there = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, _) -> mapping.getPatternValues().forEach(path -> mapping.getMethodsCondition().getMethods()
                .forEach(verb -> there.add(verb + " " + path))));
        var lines = Line.all();
        var without = there.stream().filter(route -> lines.stream().noneMatch(line -> fits(route, line))).toList();
        assertThat(without).as("routes without a line in the matrix: say what somebody of another brand and of another market gets").isEmpty();
        assertThat(lines.stream().filter(line -> there.stream().noneMatch(route -> fits(route, line))).map(Line::path)).as("lines without a route").isEmpty();
    }

    private static boolean fits(String route, Line line) {
        var pattern = Arrays.stream(route.split("(?<=\\})|(?=\\{)")).map(part -> part.startsWith("{") ? "[^/?]+" : java.util.regex.Pattern.quote(part)).reduce("", String::concat);
        return (line.verb() + " " + line.path().replaceAll("\\?.*", "")).matches(pattern);
    }

    @Test
    @Tag("S6")
    @Tag("S7")
    @Tag("S8")
    @Tag("S10")
    void somebodyOfAnotherBrandGetsWhatTheMatrixSays() {
        probe(Line::brand, Set.of(OURS), ALL, new BrandScope(Set.of(OURS)), Set.of("GB"));
    }

    @Test
    @Tag("S6")
    @Tag("S7")
    @Tag("S8")
    @Tag("S10")
    void somebodyOfAnotherMarketGetsWhatTheMatrixSays() {
        probe(Line::market, ALL, Set.of("US"), BrandScope.EVERY, Set.of("US"));
    }

    private void probe(java.util.function.Function<Line, String> expectation, Set<String> brands, Set<String> markets, BrandScope keyBrands, Set<String> keyMarkets) {
        var name = "matrix." + (brands.contains("*") ? "market" : "brand");
        var everyRole = people.person(name, "Matrix Everything", Set.of(Role.values()), brands, markets);
        var secret = "tlk_" + name + "_0123456789";
        seed.apiKey(seed.channel("matrix", "Matrix", "web"), secret, new NewApiKey(name, keyMarkets, ALL, ALL, keyBrands, true, true, Instant.now().plusSeconds(3600)));
        var callers = new LinkedHashMap<String, Api>();
        callers.put("all roles", Api.of(port).signIn(name));
        for (var role : Role.values()) {
            var username = name + "." + role.ordinal();
            people.person(username, "Matrix " + role.ordinal(), Set.of(role), brands, markets);
            callers.put(role.name(), Api.of(port).signIn(username));
        }
        var app = Api.of(port).withKey(secret);
        var preview = Api.of(port).withKey(people.previewToken(everyRole.asActor()));
        // whoever asks first makes the keys that seal receipts and sync tokens
        var first = Api.of(port).withKey(people.webKey());
        first.get("/v1/content-sets?" + CONTEXT);
        first.get("/v1/sync?initial=true&limit=100&market=GB&locale=en-GB");
        var faults = new ArrayList<String>();
        var before = kept();
        for (var line : Line.all()) {
            var expected = expectation.apply(line);
            if (expected.equals("open")) {
                continue;
            }
            var placeholder = places.keySet().stream().filter(key -> line.path().contains("{" + key + "}")).filter(key -> !key.equals("channel")
                    || places.keySet().stream().noneMatch(other -> !other.equals("channel") && line.path().contains("{" + other + "}"))).findFirst().orElse("");
            for (var state : places.getOrDefault(placeholder, Map.of("", "")).entrySet()) {
                var who = line.path().startsWith("/v1/") ? Map.of("key", app) : line.path().startsWith("/preview/") ? Map.of("token", preview) : callers;
                who.forEach((caller, api) -> {
                    var answer = api.send(line.verb(), path(line.path(), placeholder, state.getValue()), body(line, name), "If-Match", "\"1\"");
                    var missing = api.send(line.verb(), path(line.path(), placeholder, "none"), body(line, name), "If-Match", "\"1\"");
                    boolean byRole = answer.status() == 403 && !caller.equals("all roles");
                    if (!byRole && !isAs(expected, answer, missing)) {
                        faults.add("%s %s, %s, %s: expected %s, got %d %s".formatted(line.verb(), line.path(), caller, state.getKey(), expected, answer.status(),
                                answer.body().substring(0, Math.min(160, answer.body().length()))));
                    }
                });
            }
        }
        assertThat(faults).isEmpty();
        assertThat(kept()).as("nothing was changed (S12)").isEqualTo(before);
    }

    /// Without what jobs write while the routes are asked, for what other tests have left.
    private Map<String, Long> kept() {
        var rows = Footprint.of(jdbc);
        rows.keySet().removeAll(Set.of("content_change", "publication", "impact", "impact_end", "webhook_delivery", "recall", "recall_channel"));
        return rows;
    }

    private boolean isAs(String expected, Api.Answer answer, Api.Answer missing) {
        return switch (expected) {
            case "hidden" -> answer.status() == 404 && missing.status() == 404 && answer.json().path("detail").equals(missing.json().path("detail"));
            case "absent" -> answer.status() == 404;
            case "refused" -> answer.status() == 403;
            case "unmade" -> answer.status() == 403 || answer.status() == 404 || answer.status() == 422;
            case "filtered" -> answer.status() == 200 && foreign.stream().noneMatch(answer.body()::contains) && !answer.body().contains("\"" + THEIRS + "\"");
            default -> throw new AssertionError("no such word in the matrix: " + expected);
        };
    }

    private String path(String path, String placeholder, String value) {
        var filled = path.replace("{" + placeholder + "}", value).replace("{channel}", places.get("channel").get("there"));
        return filled.replace("{context}", CONTEXT).replace("{brand}", THEIRS);
    }

    private static String body(Line line, String me) {
        return line.bodyIfAny() == null ? line.verb().equals("POST") ? "" : null
                : line.bodyIfAny().replace("{brand}", THEIRS).replace("{sha}", "c".repeat(64)).replace("{me}", me).replace("{password}", PeopleFixture.PASSWORD)
                        .replace("{tomorrow}", Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
