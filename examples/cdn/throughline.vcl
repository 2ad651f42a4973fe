# Varnish before the delivery API, for a channel that is set to "purges by key". Needs varnish-modules for xkey.
# The channel's webhook receiver sends a PURGE for each content.withdrawn, content.expired, content.changed and content.published: see README.md.
vcl 4.1;

import std;
import xkey;

backend throughline {
    .host = "127.0.0.1";
    .port = "8080";
}

# who may purge: the channel's webhook receiver
acl purgers {
    "127.0.0.1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(403, "Not yours to purge"));
        }
        if (!req.http.xkey-purge) {
            return (synth(400, "Name the keys in xkey-purge, with spaces between"));
        }
        set req.http.purged = xkey.purge(req.http.xkey-purge);
        return (synth(200, "Purged " + req.http.purged));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Varnish keeps nothing of requests with credentials by itself. Answers vary by Authorization, so each key has copies of its own.
    return (hash);
}

sub vcl_backend_response {
    if (beresp.status == 200 && beresp.http.CDN-Cache-Control ~ "^max-age=[1-9][0-9]*$") {
        # RFC 9213: this header is for us, and it goes before Cache-Control
        set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^max-age=", "") + "s", 0s);
        # never a stale answer, not even while a new one is fetched
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        set beresp.http.xkey = beresp.http.Surrogate-Key;
    } else {
        set beresp.ttl = 0s;
        set beresp.uncacheable = true;
    }
    return (deliver);
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
    unset resp.http.CDN-Cache-Control;
    unset resp.http.Surrogate-Key;
    unset resp.http.xkey;
}
