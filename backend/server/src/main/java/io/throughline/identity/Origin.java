package io.throughline.identity;

import org.jspecify.annotations.Nullable;

/// Where an attempt comes from: a browser that the account's owner signed in with before, else a network address.
///
/// @param network an IPv4 address, or the first four groups of an IPv6 address
/// @param device  of a [DeviceCookies] cookie that is this account's own
record Origin(String network, @Nullable String device) {

    /// Of somebody whose session stands behind the attempt: it is the account's, wherever it comes from.
    static final Origin SESSION = new Origin("session", "session");

    boolean isKnown() {
        return device != null;
    }

    String name() {
        return device == null ? "address " + network : "device " + device;
    }
}
