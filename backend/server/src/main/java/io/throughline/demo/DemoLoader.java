package io.throughline.demo;

import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.SignerCheck;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.identity.Channel;
import io.throughline.identity.NewApiKey;
import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.BrandScope;
import io.throughline.webhooks.WebhookSeed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Loads the demo when the server is started with `--demo`: people, channels with fixed keys, portfolio, strategies, demand, briefs.
@Component
@ConditionalOnProperty("demo")
class DemoLoader implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DemoLoader.class);

    private final IdentitySeed identity;
    private final DemoPortfolio portfolio;
    private final DemoStrategies strategies;
    private final DemoBriefs briefs;
    private final WebhookSeed webhooks;
    private final People people;
    private final ElectronicSignatures signatures;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DemoLoader(IdentitySeed identity, DemoPortfolio portfolio, DemoStrategies strategies, DemoBriefs briefs, WebhookSeed webhooks,
            People people, ElectronicSignatures signatures, TransactionTemplate transaction, Clock clock) {
        this.identity = identity;
        this.portfolio = portfolio;
        this.strategies = strategies;
        this.briefs = briefs;
        this.webhooks = webhooks;
        this.people = people;
        this.signatures = signatures;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        long start = System.nanoTime();
        // People first and for good: a signature looks its signer up outside the signing transaction.
        DemoPeople.ALL.forEach(it -> identity.person(it.asNewPerson()));
        var web = channel("web", "Heartline web portal", "web", "tlk_demo_web_6f1d2c8e4b7a");
        channel("email", "Campaign e-mail", "email", "tlk_demo_email_93be5a017cd4");
        channel("rep-tablet", "Representatives' tablet", "rep-tablet", "tlk_demo_tablet_c05f7e81a2b6");
        transaction.executeWithoutResult(_ -> identity.previewToken(administrator(), web, "tlp_demo_web_2b9d41c7e05f", "Demo of the staging portal",
                clock.instant().plus(Duration.ofDays(30))));
        var session = portfolio.isLoaded() ? SigningSession.batch() : provedSession();
        int items = transaction.execute(_ -> {
            int loaded = portfolio.load(session);
            if (loaded > 0) {
                strategies.load(session);
                briefs.load();
                webhooks.pausedEndpoint(administrator(), web, "Heartline portal app", "https://hooks.heartline.example/throughline",
                        List.of("content.withdrawn", "content.expired"), "The demo calls nobody.");
            }
            return loaded;
        });
        if (items > 0) {
            // the portal has confirmed; the other channels' recalls stay open
            webhooks.confirmRecalls(administrator(), List.of(web), "The portal's team removed it by hand; the app is not connected yet.");
            LOG.info("The demo portfolio is loaded: {} items in {} ms.", items, Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    /// Passwords are not hashed in a transaction, so everybody who signs in the one below proves themselves before it.
    private SigningSession provedSession() {
        var session = SigningSession.batch();
        for (var username : DemoPeople.SIGNERS) {
            var signer = people.findByUsername(username).orElseThrow().asActor();
            if (!(signatures.verify(signer, new SigningCredentials(username, DemoPeople.PASSWORD), session) instanceof SignerCheck.Verified)) {
                throw new IllegalStateException(username + " can't sign");
            }
        }
        return session;
    }

    private Channel channel(String key, String name, String kind, String secret) {
        return transaction.execute(_ -> {
            var channel = identity.channel(key, name, kind);
            identity.apiKey(channel, secret, new NewApiKey("Demo key of " + name, Set.of("*"), Set.of("*"), Set.of("*"), BrandScope.EVERY, true, true,
                    clock.instant().plus(Duration.ofDays(3650))));
            return channel;
        });
    }

    private Actor administrator() {
        return people.findByUsername(DemoPeople.ADMINISTRATOR).orElseThrow().asActor();
    }
}
