import io.throughline.client.ClientCredentials;
import io.throughline.client.Throughline;
import io.throughline.client.WebhookVerifier;
import io.throughline.client.api.ItemsApi.APIListDeliveredItemsRequest;
import io.throughline.client.api.RecallsApi.APIListRecallsRequest;
import io.throughline.client.model.ChannelRecall;
import io.throughline.client.model.NewRecallConfirmation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;

/// A channel in plain Java, with nothing but the published client and what its POM declares.
/// Arguments: server, id and secret of an OAuth 2 client, brand of a published item, id of a withdrawn one.
final class PlainChannel {

    private static final String WEBHOOK = "{\"type\":\"content.withdrawn\",\"timestamp\":\"2026-11-21T09:54:04Z\","
            + "\"data\":{\"sequence\":184467,\"itemId\":\"itm_01JD8Z7Q4T0000000000000001\"}}";

    public static void main(String... arguments) throws Exception {
        var server = URI.create(arguments[0]);
        var throughline = new Throughline(server, new ClientCredentials(server, arguments[1], arguments[2]));

        throughline.eachItem(APIListDeliveredItemsRequest.newBuilder().market("GB").locale("en-GB").brand(arguments[3]), it -> System.out.println("item: " + it.getTitle()));

        var recalls = new ArrayList<ChannelRecall>();
        throughline.eachRecall(APIListRecallsRequest.newBuilder().state("open").limit(100), recalls::add);
        for (var recall : recalls) {
            if (recall.getItemId().equals(arguments[4])) {
                var confirmed = throughline.confirmRecall(recall.getId(), new NewRecallConfirmation().copiesRemoved(3));
                System.out.println("confirmed: " + confirmed.getCopiesRemoved());
            }
        }

        var verifier = new WebhookVerifier("whsec_c2FtcGxlLXNlY3JldC1kby1ub3QtdXNlLTAwMDE=");
        var event = verifier.verify("evt_01JD8Z7Q4T", "1795252444", "v1,GgIYP5VIfzJ28vprPiKcdfUy+Z7wjXfdD0KaOvdrQEI=",
                WEBHOOK.getBytes(StandardCharsets.UTF_8), Instant.ofEpochSecond(1_795_252_444));
        System.out.println("webhook: " + event.path("type").asText());
    }
}
