package io.throughline.webhooks;

import io.throughline.identity.Channel;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Puts an endpoint and confirmations into an empty installation: for the demo.
@Service
public class WebhookSeed {

    private final EndpointDesk desk;
    private final RecallTable recalls;
    private final RecallDesk recallDesk;
    private final Planner planner;
    private final ChangeLog changes;
    private final CatalogueLog log;
    private final Clock clock;

    WebhookSeed(EndpointDesk desk, RecallTable recalls, RecallDesk recallDesk, Planner planner, ChangeLog changes, CatalogueLog log,
            Clock clock) {
        this.desk = desk;
        this.recalls = recalls;
        this.recallDesk = recallDesk;
        this.planner = planner;
        this.changes = changes;
        this.log = log;
        this.clock = clock;
    }

    /// An endpoint that calls nobody until a person resumes it.
    @Transactional
    public void pausedEndpoint(Actor actor, Channel channel, String name, String url, List<String> events, String reason) {
        var made = desk.create(actor, channel.id(), new EndpointDesk.Wanted(name, url, events, Endpoint.Only.EVERYTHING));
        desk.pause(actor, made.endpoint().id(), reason);
    }

    /// Confirms every open recall for the channels. What was withdrawn has to be committed.
    public void confirmRecalls(Actor actor, List<Channel> channels, String reason) {
        long newest = log.newest();
        while (changes.cursor() < newest) {
            planner.plan(); // or the server's own dispatcher is at it
        }
        var removed = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        for (var recall : recalls.list(Actor.system(), true, false, 100, null)) {
            channels.stream().map(Channel::id).filter(Set.copyOf(recalls.listChannels(recall.id()).stream().map(Recall.InChannel::channelId).toList())::contains)
                    .forEach(id -> recallDesk.confirmFor(actor, recall.id(), id, removed, 1, reason));
        }
    }
}
