package io.throughline.delivery.edge;

import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// For the benchmark only (`throughline.bench=true`): equal bytes from memory behind the same filters and key, so that what
/// delivery itself costs can be told from what the server costs.
@RestController
@ConditionalOnProperty(name = "throughline.bench", havingValue = "true")
class BareController {

    private static final int LARGEST = 4 << 20;
    private volatile byte[] body = new byte[0];

    /// @param bytes length of the answer
    @ForChannels
    @GetMapping("/v1/bench/bare")
    ResponseEntity<byte[]> bare(ChannelClient client, @RequestParam(defaultValue = "16384") int bytes) {
        if (bytes < 2 || bytes > LARGEST) {
            throw DeliveryScope.invalid("bytes", "bytes is a number from 2 to " + LARGEST + ".");
        }
        var answer = body;
        if (answer.length != bytes) {
            answer = ("\"" + "x".repeat(bytes - 2) + "\"").getBytes(StandardCharsets.US_ASCII);
            body = answer;
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }
}
