package io.throughline.delivery.items;

import io.throughline.delivery.edge.Body;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What goes out for one item, without being put together yet.
///
/// @param prescribing what stands in it as `prescribingInformation`; null when there is none
public record DeliveredItem(Document document, @Nullable Label prescribing) {

    /// A prescribing information as another item shows it.
    ///
    /// @param version of it that is in force
    public record Label(String itemId, int version, Document document) {}

    private static final byte[] PRESCRIBING = ",\"prescribingInformation\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {'}'};

    public void addTo(Body.Builder body) {
        if (prescribing == null) {
            body.add(document.bytes());
            return;
        }
        // the document's closing brace goes to the end
        body.add(document.bytes(), document.bytes().length - 1).add(PRESCRIBING).add(prescribing.document().bytes()).add(END);
    }

    /// As distinct as a hash over the bytes that go out.
    public void addTo(MessageDigest digest) {
        digest.update(document.hash());
        if (prescribing != null) {
            digest.update(prescribing.document().hash());
        }
    }

    Body body() {
        var body = new Body.Builder();
        addTo(body);
        return body.done();
    }
}
