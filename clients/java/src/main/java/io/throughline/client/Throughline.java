package io.throughline.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.throughline.client.api.ContentSetsApi;
import io.throughline.client.api.ContentSetsApi.APIGetContentSetRequest;
import io.throughline.client.api.ContractApi;
import io.throughline.client.api.EventsApi;
import io.throughline.client.api.ItemsApi;
import io.throughline.client.api.ItemsApi.APIGetDeliveredItemRequest;
import io.throughline.client.api.ItemsApi.APIListDeliveredItemsRequest;
import io.throughline.client.api.RecallsApi;
import io.throughline.client.api.RecallsApi.APIConfirmRecallRequest;
import io.throughline.client.api.RecallsApi.APIListRecallsRequest;
import io.throughline.client.api.SyncApi;
import io.throughline.client.api.SyncApi.APISyncItemsRequest;
import io.throughline.client.http.ApiClient;
import io.throughline.client.http.ApiException;
import io.throughline.client.http.ApiResponse;
import io.throughline.client.model.ChannelRecall;
import io.throughline.client.model.ContentSet;
import io.throughline.client.model.DeliveredItem;
import io.throughline.client.model.DeliveryProblem;
import io.throughline.client.model.ListedItem;
import io.throughline.client.model.NewRecallConfirmation;
import io.throughline.client.model.RecallConfirmation;
import io.throughline.client.model.SyncChange;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The delivery API for one credential. The calls themselves are generated ([#contentSets()] and the others); here is what
/// every channel needs around them: time-outs, conditional requests, all pages of a list, sync that goes on where it stopped,
/// recalls, patience with a server that says with `Retry-After` that it can't answer just now (429 and 503), and a new access
/// token when one is refused. The generated calls have the time-outs, but neither patience nor a second token.
public final class Throughline {

    private final ContentSetsApi contentSets;
    private final ItemsApi items;
    private final SyncApi sync;
    private final RecallsApi recalls;
    private final EventsApi events;
    private final ContractApi contract;
    private final Supplier<String> credential;
    private final Duration patience;

    /// With the times of [Timing#STANDARD].
    ///
    /// @param server     `https://content.example.com`, without a path
    /// @param credential an API key or access token, asked for at every request so that it may change; see [ClientCredentials]
    public Throughline(URI server, Supplier<String> credential) {
        this(server, credential, Timing.STANDARD);
    }

    /// @param patience longest that one call waits altogether before it asks again; zero: never
    public Throughline(URI server, Supplier<String> credential, Duration patience) {
        this(server, credential, Timing.STANDARD.withPatience(patience));
    }

    public Throughline(URI server, Supplier<String> credential, Timing timing) {
        this.credential = credential;
        patience = timing.patience();
        var client = new ApiClient();
        client.setConnectTimeout(timing.connect());
        client.setReadTimeout(timing.request());
        client.updateBaseUri(server.resolve("/v1").toString());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + credential.get()));
        contentSets = new ContentSetsApi(client);
        items = new ItemsApi(client);
        sync = new SyncApi(client);
        recalls = new RecallsApi(client);
        events = new EventsApi(client);
        contract = new ContractApi(client);
    }

    public ContentSetsApi contentSets() {
        return contentSets;
    }

    public ItemsApi items() {
        return items;
    }

    public SyncApi sync() {
        return sync;
    }

    public RecallsApi recalls() {
        return recalls;
    }

    public EventsApi events() {
        return events;
    }

    public ContractApi contract() {
        return contract;
    }

    /// What came, with what the next request needs.
    ///
    /// @param etag     for `ifNoneMatch` of the next request
    /// @param sequence state of the catalogue that was read; for `minSequence` of a request that must not see less
    public record Fetched<T>(T value, String etag, long sequence) {}

    /// @param request with `ifNoneMatch`, if an earlier answer is at hand
    /// @return empty when that answer is still current (304)
    /// @throws ApiException for every other answer; see [#problem]
    public Optional<Fetched<ContentSet>> contentSet(APIGetContentSetRequest request) throws ApiException {
        return unlessNotModified(() -> contentSets.getContentSetWithHttpInfo(request));
    }

    /// @return empty when the answer at hand is still current (304)
    /// @throws ApiException for every other answer; 410 `content-withdrawn` means: remove every copy
    public Optional<Fetched<DeliveredItem>> item(APIGetDeliveredItemRequest request) throws ApiException {
        return unlessNotModified(() -> items.getDeliveredItemWithHttpInfo(request));
    }

    /// Gives every item of a list, page by page.
    ///
    /// @param page the request without its `after`, which is filled in; its `limit` is the size of every page
    public void eachItem(APIListDeliveredItemsRequest.Builder page, Consumer<ListedItem> consumer) throws ApiException {
        String after = null;
        do {
            var request = page.after(after).build();
            var answer = patiently(() -> items.listDeliveredItems(request));
            answer.getItems().forEach(consumer);
            after = answer.getNextCursor();
        } while (after != null);
    }

    /// Gives every recall of the channel, newest first, page by page.
    ///
    /// @param page the request without its `after`, which is filled in; `state("open")` for what is still to be confirmed
    public void eachRecall(APIListRecallsRequest.Builder page, Consumer<ChannelRecall> consumer) throws ApiException {
        String after = null;
        do {
            var request = page.after(after).build();
            var answer = patiently(() -> recalls.listRecalls(request));
            answer.getRecalls().forEach(consumer);
            after = answer.getNextCursor();
        } while (after != null);
    }

    /// Confirms that the channel holds no copy any more. Once is enough; a later confirmation answers with the first.
    ///
    /// @param recallId `data.recallId` of the webhook, or `id` of a recall
    /// @throws ApiException 409 `conflict` when the credential reads only a part of what was recalled
    public RecallConfirmation confirmRecall(String recallId, NewRecallConfirmation confirmation) throws ApiException {
        var request = APIConfirmRecallRequest.newBuilder().recallId(recallId).newRecallConfirmation(confirmation).build();
        return patiently(() -> recalls.confirmRecall(request));
    }

    /// Gives every change since a token, in order.
    ///
    /// @param first  `initial(true)` with a scope, or `token(…)` of the last time; its `limit` is the size of every page
    /// @return the token for the next time; keep it together with what the consumer kept
    /// @throws ApiException 410 `sync-token-expired`: begin again with `initial(true)`
    public String eachChange(APISyncItemsRequest first, Consumer<SyncChange> consumer) throws ApiException {
        var page = patiently(() -> sync.syncItems(first));
        page.getChanges().forEach(consumer);
        while (Boolean.TRUE.equals(page.getHasMore())) {
            var next = APISyncItemsRequest.newBuilder().token(page.getNextToken()).limit(first.limit()).build();
            page = patiently(() -> sync.syncItems(next));
            page.getChanges().forEach(consumer);
        }
        return page.getNextToken();
    }

    /// The problem behind a refusal, to switch on its `code`; empty when the answer was none of ours.
    public static Optional<DeliveryProblem> problem(ApiException refusal) {
        if (refusal.getResponseBody() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ApiClient.createDefaultObjectMapper().readValue(refusal.getResponseBody(), DeliveryProblem.class));
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }

    private interface Call<T> {
        T send() throws ApiException;
    }

    private <T> Optional<Fetched<T>> unlessNotModified(Call<ApiResponse<T>> call) throws ApiException {
        try {
            var answer = patiently(call);
            return Optional.of(new Fetched<>(answer.getData(), header(answer.getHeaders(), "etag"), Long.parseLong(header(answer.getHeaders(), "content-sequence"))));
        } catch (ApiException refusal) {
            if (refusal.getCode() == 304) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private <T> T patiently(Call<T> call) throws ApiException {
        var left = patience;
        while (true) {
            try {
                return withTokenOfNow(call);
            } catch (ApiException refusal) {
                var pause = retryAfter(refusal).orElseThrow(() -> refusal);
                if (pause.compareTo(left) > 0) {
                    throw refusal;
                }
                left = left.minus(pause);
                sleep(pause, refusal);
            }
        }
    }

    /// A token may be revoked before its time, or be of a key that the server has replaced: a new one is tried, once.
    private <T> T withTokenOfNow(Call<T> call) throws ApiException {
        long began = System.nanoTime();
        try {
            return call.send();
        } catch (ApiException refusal) {
            if (refusal.getCode() != 401 || !(credential instanceof ClientCredentials tokens)) {
                throw refusal;
            }
            tokens.refused(began);
            return call.send();
        }
    }

    private static void sleep(Duration pause, ApiException refusal) throws ApiException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw refusal;
        }
    }

    /// Empty where asking again soon is of no use. A date, which `Retry-After` may be too, never comes from this server.
    private static Optional<Duration> retryAfter(ApiException refusal) {
        boolean soon = refusal.getCode() == 429 || refusal.getCode() == 503;
        return soon && refusal.getResponseHeaders() != null
                ? refusal.getResponseHeaders().firstValue("Retry-After").filter(it -> it.matches("[0-9]{1,6}")).map(it -> Duration.ofSeconds(Math.max(1, Long.parseLong(it))))
                : Optional.empty();
    }

    private static String header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase(name)).map(it -> it.getValue().get(0)).findFirst().orElse("0");
    }
}
