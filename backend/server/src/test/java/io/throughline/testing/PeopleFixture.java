package io.throughline.testing;

import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.identity.NewPerson;
import io.throughline.identity.Person;
import io.throughline.shared.Actor;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/// The people whom tests know, one for each role, all with [#PASSWORD], every brand and every market; and two channel
/// apps. `@Import` it, or take it from the context: the methods make what is not there yet.
@Component
public class PeopleFixture {

    public static final String PASSWORD = "correct horse battery";
    public static final String WEB_KEY = "tlk_test_web_0123456789";
    public static final String TABLET_KEY = "tlk_test_tablet_0123456789";
    public static final String CHAT_KEY = "tlk_test_chat_0123456789";

    private final IdentitySeed seed;

    public PeopleFixture(IdentitySeed seed) {
        this.seed = seed;
    }

    public Actor writer() {
        return person("wanda.writer", "Wanda Writer", Role.WRITER).asActor();
    }

    public Actor secondWriter() {
        return person("walt.writer", "Walt Writer", Role.WRITER).asActor();
    }

    public Actor medical() {
        return person("dr.medina", "Dr Mo Medina", Role.MEDICAL_REVIEWER).asActor();
    }

    public Actor legal() {
        return person("lena.legal", "Lena Legal", Role.LEGAL_REVIEWER).asActor();
    }

    public Actor regulatory() {
        return person("rob.regulatory", "Rob Regulatory", Role.REGULATORY_REVIEWER).asActor();
    }

    public Actor signatory() {
        return person("dr.signa", "Dr Sam Signa", Role.SIGNATORY).asActor();
    }

    public Actor strategist() {
        return person("stella.strategist", "Stella Strategist", Role.STRATEGIST).asActor();
    }

    public Actor channelManager() {
        return person("chris.channels", "Chris Channels", Role.CHANNEL_MANAGER).asActor();
    }

    public Actor administrator() {
        return person("ada.admin", "Ada Admin", Role.ADMINISTRATOR).asActor();
    }

    /// Somebody with other roles or scopes than the rest.
    public Person person(String username, String displayName, Set<Role> roles, Set<String> brands, Set<String> markets) {
        var wanted = new NewPerson(username, displayName, PASSWORD, roles, brands, markets, "REG-" + username, true);
        // on a thread of its own: passwords are not hashed in a transaction, and a fixture may be in one
        return CompletableFuture.supplyAsync(() -> seed.person(wanted)).join();
    }

    /// The key of a channel app that may read everything, explain and travel in time.
    public String webKey() {
        return key("web", "Portal", "web", WEB_KEY);
    }

    public String tabletKey() {
        return key("rep-tablet", "Tablet", "rep-tablet", TABLET_KEY);
    }

    public String chatKey() {
        return key("chat", "Chat", "chat", CHAT_KEY);
    }

    /// A preview token of the web channel that may read everything its maker may; the maker manages channels.
    public String previewToken(Actor maker) {
        var secret = "tlp_test_" + UUID.randomUUID();
        seed.previewToken(maker, seed.channel("web", "Portal", "web"), secret, "Staging", Instant.now().plusSeconds(86_400));
        return secret;
    }

    private Person person(String username, String displayName, Role role) {
        return person(username, displayName, Set.of(role), Set.of("*"), Set.of("*"));
    }

    private String key(String channelKey, String name, String kind, String secret) {
        var channel = seed.channel(channelKey, name, kind);
        seed.apiKey(channel, secret, new NewApiKey(name, Set.of("*"), Set.of("*"), Set.of("*"), BrandScope.EVERY, true, true,
                Instant.now().plusSeconds(86_400)));
        return secret;
    }
}
