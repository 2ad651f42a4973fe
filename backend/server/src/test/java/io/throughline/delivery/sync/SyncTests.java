package io.throughline.delivery.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.publication.PublicationDesk;
import io.throughline.publication.PublicationLedger;
import io.throughline.publication.PublishOutcome;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Finding;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.MovableClock;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// A copy that is begun and kept up by sync always is what a full read shows.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class, MovableClock.Setting.class})
class SyncTests {

    private static final String BRAND = "syncbrand";
    private static final Set<String> ALL = Set.of("*");

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired MovableClock clock;
    @Autowired PublicationLedger ledger;
    @Autowired PublicationDesk desk;
    @Autowired Sync sync;
    @LocalServerPort int port;

    Api wide;
    Api narrow;
    Api email;

    @BeforeEach
    void keys() {
        wide = key("web", "tlk_sync_wide_0123456789", ALL, ALL);
        narrow = key("web", "tlk_sync_narrow_0123456789", Set.of("GB"), Set.of(Kinds.NON_PROMOTIONAL));
        email = key("email", "tlk_sync_email_0123456789", ALL, ALL);
        shelf.brand(BRAND);
        shelf.writer();
        shelf.signatory();
    }

    @AfterEach
    void today() {
        clock.reset();
        sync.round = 5_000;
    }

    private Api key(String channel, String secret, Set<String> markets, Set<String> kinds) {
        seed.apiKey(seed.channel("sync-" + channel, "Sync " + channel, channel), secret,
                new NewApiKey(secret, markets, ALL, kinds, BrandScope.EVERY, false, false, Instant.now().plus(300, ChronoUnit.DAYS)));
        return Api.of(port).withKey(secret);
    }

    @ParameterizedTest(name = "history of seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCopyKeptUpBySyncIsWhatAFullReadShows(long seedOfHistory) {
        var random = new Random(seedOfHistory);
        sync.round = 1 + random.nextInt(12);
        var history = new History(random);
        var copies = List.of(new SyncedCopy(wide, "", 7), new SyncedCopy(wide, "&market=GB&type=article", 1), new SyncedCopy(narrow, "", 100),
                new SyncedCopy(email, "&locale=en-GB", 3), new SyncedCopy(wide, "", 5));
        for (int step = 0; step < 40; step++) {
            history.step();
            for (var copy : copies) {
                for (int calls = random.nextInt(4); calls > 0; calls--) {
                    copy.call();
                }
            }
            if (step == 25) {
                copies.getLast().goOnWith(narrow); // its key was replaced by a narrower one
            }
            if (step % 8 == 7) {
                for (var copy : copies) {
                    copy.catchUp();
                    shelf.awaitIndex();
                    assertThat(copy.items).as("seed %d, step %d, after %s", seedOfHistory, step, history.done).isEqualTo(copy.listed());
                }
            }
        }
    }

    @Test
    void aCopyTakenWhileOthersWriteIsWholeOnceTheyRest() throws Exception {
        var copies = List.of(new SyncedCopy(wide, "", 3), new SyncedCopy(email, "&market=GB", 1), new SyncedCopy(narrow, "", 20));
        sync.round = 9;
        var goesOn = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = List.of(threads.submit(() -> new History(new Random(101)).steps(60)), threads.submit(() -> new History(new Random(102)).steps(60)));
            var readers = copies.stream().map(copy -> threads.submit(() -> {
                while (goesOn.get()) {
                    copy.call();
                }
            })).toList();
            try {
                for (var writer : writers) {
                    writer.get();
                }
            } finally {
                goesOn.set(false);
            }
            for (var reader : readers) {
                reader.get();
            }
        }
        shelf.awaitIndex();
        for (var copy : copies) {
            copy.catchUp();
            assertThat(copy.items).isEqualTo(copy.listed());
        }
    }

    @Test
    void aWindowThatOpensOrClosesByTimeAloneIsInTheNextAnswer() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Scheduled"));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        shelf.published(item, "GB", clock.instant().plus(2, ChronoUnit.HOURS), clock.instant().plus(4, ChronoUnit.HOURS));
        var copy = new SyncedCopy(wide, "", 100);
        copy.catchUp();
        assertThat(copy.items.keySet()).noneMatch(place -> place.startsWith(item.id()));
        clock.advance(Duration.ofMinutes(121));
        copy.catchUp();
        assertThat(copy.items.keySet()).anyMatch(place -> place.startsWith(item.id()));
        clock.advance(Duration.ofHours(2));
        copy.reasons.clear();
        copy.catchUp();
        assertThat(copy.items.keySet()).noneMatch(place -> place.startsWith(item.id()));
        assertThat(copy.reasons).contains("expired");
    }

    @Test
    void everyReasonToDropAnItemIsTold() {
        var year = Instant.now().plus(365, ChronoUnit.DAYS);
        var withdrawn = live("Withdrawn", Kinds.NON_PROMOTIONAL);
        var superseded = live("Superseded", Kinds.NON_PROMOTIONAL);
        var restricted = live("Restricted", Kinds.NON_PROMOTIONAL);
        var copy = new SyncedCopy(wide, "", 100);
        copy.catchUp();
        shelf.withdrawn(withdrawn);
        copy.catchUp();
        assertThat(copy.reasons).containsExactly("withdrawn");
        copy.reasons.clear();
        shelf.published(superseded, "GB", clock.instant().plus(3, ChronoUnit.HOURS), null);
        copy.catchUp();
        assertThat(copy.reasons).containsExactly("superseded");
        copy.reasons.clear();
        shelf.changed(restricted, DeliveryFixture.classify(DeliveryFixture.article("Restricted"), "channel", "email"), "GB", Instant.now().minusSeconds(5), year);
        shelf.published(restricted, "GB");
        copy.catchUp();
        assertThat(copy.reasons).containsExactly("left-scope");
        copy.reasons.clear();
        copy.goOnWith(narrow);
        live("Another", Kinds.NON_PROMOTIONAL);
        copy.catchUp();
        assertThat(copy.items.values()).allMatch(item -> item.path("market").asString().equals("GB") && item.path("kind").asString().equals(Kinds.NON_PROMOTIONAL));
    }

    @Test
    @Tag("US-2")
    void whatLosesItsSafetyInformationLeavesTheCopyAndComesBackWithIt() {
        var safety = shelf.live("safety-information", Kinds.PROMOTIONAL, BRAND, DeliveryFixture.safety("Safety of it"));
        var label = shelf.live("prescribing-information", Kinds.PROMOTIONAL, BRAND, DeliveryFixture.prescribing("Label of it"));
        var item = shelf.live("article", Kinds.PROMOTIONAL, BRAND,
                DeliveryFixture.article("Paired").put("safetyInformation", safety.id()).put("prescribingInformation", label.id()));
        var copy = new SyncedCopy(wide, "&type=article", 100);
        copy.catchUp();
        assertThat(copy.items.toString()).contains(item.id());
        shelf.withdrawn(safety);
        copy.catchUp();
        assertThat(copy.items.toString()).doesNotContain(item.id());
        assertThat(copy.reasons).contains("impacted");
        shelf.published(safety, "GB");
        copy.catchUp();
        assertThat(copy.items.toString()).as("it left with it, and comes back when somebody publishes it").doesNotContain(item.id());
        shelf.published(item, "GB");
        copy.catchUp();
        assertThat(copy.items.toString()).contains(item.id());
    }

    @Test
    @Tag("S3")
    @Tag("S10")
    @Tag("S24")
    void aTokenIsGoodForItsChannelAndScopeOnly() {
        live("Bound", Kinds.NON_PROMOTIONAL);
        var copy = new SyncedCopy(wide, "&market=GB", 100);
        copy.catchUp();
        var token = copy.token();
        assertThat(email.get("/v1/sync?token=" + token).status()).isEqualTo(400);
        var german = key("web", "tlk_sync_german_0123456789", Set.of("DE"), ALL);
        assertThat(german.get("/v1/sync?token=" + token).status()).isEqualTo(400);
        assertThat(wide.get("/v1/sync?token=" + token.substring(0, token.length() - 2) + "AA").status()).isEqualTo(400);
        for (var wrong : List.of("token=" + token + "&market=GB", "token=" + token + "&initial=true", "initial=false", "initial=truE", "initial=1", "",
                "initial=true&limit=0", "initial=true&type=nothing", "initial=true&market=", "token=", "token=AAAA")) {
            assertThat(wide.get("/v1/sync?" + wrong).status()).as(wrong).isEqualTo(400);
        }
        var beyond = narrow.get("/v1/sync?initial=true&market=US");
        var missing = narrow.get("/v1/sync?initial=true&market=ZZ");
        assertThat(beyond.status()).isEqualTo(404);
        assertThat(beyond.json().path("detail")).isEqualTo(missing.json().path("detail"));
    }

    @Test
    void aTokenHoldsForNinetyDaysAndNotLonger() {
        live("Kept", Kinds.NON_PROMOTIONAL);
        var copy = new SyncedCopy(wide, "", 100);
        copy.catchUp();
        clock.advance(Duration.ofDays(90).minusMinutes(1));
        assertThat(wide.get("/v1/sync?token=" + copy.token()).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        var expired = wide.get("/v1/sync?token=" + copy.token());
        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.json().path("code").asString()).isEqualTo("sync-token-expired");
    }

    private Item live(String title, String kind) {
        return shelf.live("article", kind, null, DeliveryFixture.article(title));
    }

    /// Random acts on a few items, some of them shown only with others.
    private final class History {
        private final Random random;
        private final List<Item> items = new ArrayList<>();
        final List<String> done = new ArrayList<>();
        private final Item safety = shelf.live("safety-information", Kinds.PROMOTIONAL, BRAND, DeliveryFixture.safety("Safety"));
        private final Item label = shelf.live("prescribing-information", Kinds.PROMOTIONAL, BRAND, DeliveryFixture.prescribing("Label"));

        History(Random random) {
            this.random = random;
            items.add(safety);
            items.add(label);
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                step();
            }
        }

        void step() {
            var item = items.get(random.nextInt(items.size()));
            var now = clock.instant();
            int act = items.size() < 6 ? 0 : random.nextInt(9);
            done.add(act + " " + item.key());
            switch (act) {
                case 0 -> written();
                case 1 -> publish(item, "GB", null, null); // again, or for good
                case 2 -> publish(item, "GB", null, now.plus(100 + random.nextInt(100), ChronoUnit.DAYS));
                case 3 -> withdraw(item);
                case 4 -> publish(item, "GB", now.plus(random.nextInt(180), ChronoUnit.MINUTES), null);
                case 5 -> publish(item, "GB", null, now.plus(1 + random.nextInt(120), ChronoUnit.MINUTES));
                case 6 -> restrict(item);
                case 7 -> clock.advance(Duration.ofMinutes(random.nextInt(90)));
                default -> ledger.listDue(now, 100).forEach(due -> desk.expire(due.publicationId(), due.itemId()));
            }
        }

        private void written() {
            var document = DeliveryFixture.article("History " + items.size());
            boolean promotional = random.nextBoolean();
            if (promotional) {
                document.put("safetyInformation", safety.id()).put("prescribingInformation", label.id());
            }
            var item = shelf.written("article", promotional ? Kinds.PROMOTIONAL : Kinds.NON_PROMOTIONAL, promotional ? BRAND : null, document);
            shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
            publish(item, "GB", null, null);
            if (random.nextInt(3) == 0) {
                shelf.approved(shelf.redrafted(item), "en-GB", "US", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
                publish(item, "US", null, null);
            }
            items.add(item);
        }

        /// What holds something that is not there in the words it was certified with stays as it was.
        private void publish(Item item, String market, @Nullable Instant from, @Nullable Instant until) {
            shelf.reviewedAgainIfWithdrawn(item, market);
            switch (desk.publish(shelf.writer(), item.id(), "en-GB", market, null, from, until)) {
                case PublishOutcome.Published _, PublishOutcome.AlreadyPublished _ -> {}
                case PublishOutcome.Blocked(var findings) -> assertThat(findings).extracting(Finding::code).containsOnly("part-not-effective");
                case PublishOutcome other -> throw new AssertionError(other);
            }
        }

        private void withdraw(Item item) {
            if (!shelf.current(item).isEmpty()) {
                shelf.withdrawn(item);
            }
        }

        /// A version for one kind of channel only, or for all again.
        private void restrict(Item item) {
            var document = switch (item.type()) {
                case "article" -> DeliveryFixture.article("Restricted " + item.key());
                case "safety-information" -> DeliveryFixture.safety("Safety");
                case String label -> DeliveryFixture.prescribing("Label");
            };
            if (item.kind().equals(Kinds.PROMOTIONAL) && item.type().equals("article")) {
                document.put("safetyInformation", safety.id()).put("prescribingInformation", label.id());
            }
            if (random.nextBoolean()) {
                DeliveryFixture.classify(document, "channel", random.nextBoolean() ? "web" : "email");
            }
            shelf.changed(item, document, "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
            publish(item, "GB", null, null);
        }
    }
}
