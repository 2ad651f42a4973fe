package io.throughline.journey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What no route may fall for, and how a request with it is written.
final class Hostile {

    static final List<String> TEXTS = List.of("'; drop table content_item; --", "' or '1'='1", "../../../../etc/passwd", "..\\..\\boot.ini",
            "${7*7}", "#{7*7}", "{{7*7}}", "${jndi:ldap://x.invalid/a}", "a\r\nSet-Cookie: x=y", "<script>alert(1)</script>", "%00", "\u202e\ufeff\ud83d\ude00",
            "x".repeat(5_000), "-1", "9999999999999999999", "null", "*", "a,b,,c");

    private Hostile() {}

    /// A required parameter with a value that is right.
    static String usual(String parameter) {
        return switch (parameter) {
            case "audience" -> "audience=hcp";
            case "market" -> "market=GB";
            case "locale" -> "locale=en-GB";
            case "stage" -> "stage=considering";
            case "need" -> "need=dosing";
            case "reason" -> "";
            default -> "";
        };
    }

    /// Pointers to every text of a body.
    static List<String> texts(JsonNode node, String pointer) {
        var found = new ArrayList<String>();
        node.properties().forEach(it -> {
            if (it.getValue().isString()) {
                found.add(pointer + "/" + it.getKey());
            } else if (it.getValue().isObject()) {
                found.addAll(texts(it.getValue(), pointer + "/" + it.getKey()));
            }
        });
        return found;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Short enough, and safe, for the report of a fault.
    static String shown(String value) {
        var plain = value.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 300 ? plain : plain.substring(0, 300) + "…";
    }
}
