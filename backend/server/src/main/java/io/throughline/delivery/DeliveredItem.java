package io.throughline.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// What goes out for one item, without being put together yet.
///
/// @param prescribing what stands in it as `prescribingInformation`; null when there is none
record DeliveredItem(Document document, @Nullable Document prescribing) {

    private static final byte[] PRESCRIBING = ",\"prescribingInformation\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {'}'};

    void addTo(Body.Builder body) {
        if (prescribing == null) {
            body.add(document.bytes());
            return;
        }
        // the document's closing brace goes to the end
        body.add(document.bytes(), document.bytes().length - 1).add(PRESCRIBING).add(prescribing.bytes()).add(END);
    }

    /// As distinct as a hash over the bytes that go out.
    void addTo(MessageDigest digest) {
        digest.update(document.hash());
        if (prescribing != null) {
            digest.update(prescribing.hash());
        }
    }

    Body body() {
        var body = new Body.Builder();
        addTo(body);
        return body.done();
    }
}
