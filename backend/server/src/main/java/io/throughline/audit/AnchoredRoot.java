package io.throughline.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// The heads of all streams at one moment, bound by one signed hash. Heads that did not move since the root before are bound by that
/// one, which this one names.
///
/// @param number       1 for the first root of the installation, no gaps
/// @param at           when it was made, UTC, microseconds
/// @param installation of which database
/// @param upTo         every entry with at most this number is bound
/// @param leaves       heads that moved
/// @param merkleRoot   over them in the order of their streams, see [MerkleTree]; hexadecimal
/// @param previous     SHA-256 of the line of the root before; 64 zeros before the first
/// @param key          public half of the key that signed, Base64; who verifies must know it from elsewhere
/// @param signature    Ed25519 over the canonical JSON of everything else, Base64
record AnchoredRoot(long number, Instant at, String installation, long upTo, long leaves, String merkleRoot, String previous, String key, String signature) {

    static AnchoredRoot parse(String line) {
        return Json.mapper().readValue(line, AnchoredRoot.class);
    }

    /// As it stands in a file, without the end of the line.
    @JsonIgnore
    String line() {
        return CanonicalJson.text(Json.tree(this));
    }

    /// What the root after this one names as `previous`.
    static String hash(String line) {
        return Sha256.hex(line);
    }

    @JsonIgnore
    byte[] signedBytes() {
        var fields = (ObjectNode) Json.tree(this);
        fields.remove("signature");
        return CanonicalJson.bytes(fields);
    }

    AnchoredRoot signedBy(AnchorKey by) {
        return new AnchoredRoot(number, at, installation, upTo, leaves, merkleRoot, previous, key, by.sign(signedBytes()));
    }
}
