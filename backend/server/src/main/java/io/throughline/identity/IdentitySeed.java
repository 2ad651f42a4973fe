package io.throughline.identity;

import io.throughline.shared.Actor;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Puts known people, channels and keys into an empty installation: for the demo portfolio and for tests.
/// What is there already, by user name, channel key or key secret, is left as it is.
@Service
public class IdentitySeed {

    private final People people;
    private final PeopleDesk desk;
    private final ApiClients clients;
    private final PreviewTokens previews;

    IdentitySeed(People people, PeopleDesk desk, ApiClients clients, PreviewTokens previews) {
        this.people = people;
        this.desk = desk;
        this.clients = clients;
        this.previews = previews;
    }

    /// Not in a transaction: the password is hashed.
    public Person person(NewPerson person) {
        return people.findByUsername(person.username()).orElseGet(() -> desk.create(Actor.system(), person));
    }

    /// @param kind a notation of the scheme `channels`
    @Transactional
    public Channel channel(String key, String name, String kind) {
        return clients.findChannel(key).orElseGet(() -> clients.createChannel(Actor.system(), key, name, kind));
    }

    /// @param secret the whole key, `tlk_…`; only its hash is kept
    @Transactional
    public void apiKey(Channel channel, String secret, NewApiKey key) {
        clients.seedKey(Actor.system(), channel.id(), secret, key);
    }

    /// @param secret the whole token, `tlp_…`; only its hash is kept
    /// @param maker  whose eyes it has: a channel manager or an administrator
    @Transactional
    public void previewToken(Actor maker, Channel channel, String secret, String name, Instant expiresAt) {
        previews.seed(maker, channel.id(), secret, new PreviewTokens.NewToken(name, Set.of("*"), Set.of("*"), Set.of("*"), expiresAt));
    }
}
