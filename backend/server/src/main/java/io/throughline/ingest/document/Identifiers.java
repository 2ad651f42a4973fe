package io.throughline.ingest.document;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds identifiers in text as people and publishers write them.
final class Identifiers {

    /// The form Crossref recommends for matching; possessive, so that no input makes it slow.
    private static final Pattern DOI = Pattern.compile("(?<![\\d.])10\\.\\d{4,9}+/[^\\s\"<>,;]++", Pattern.CASE_INSENSITIVE);
    private static final Pattern PMID = Pattern.compile("(?<!\\d)\\d{1,9}(?!\\d)");
    private static final Pattern ORCID = Pattern.compile("\\d{4}-\\d{4}-\\d{4}-\\d{3}[\\dX]");

    private Identifiers() {}

    /// The bare DOI, without resolver, prefix and the punctuation of the sentence around it.
    static @Nullable String findDoi(String text) {
        var matcher = DOI.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        var doi = matcher.group();
        while (!doi.isEmpty() && (".:'”’]}".indexOf(doi.charAt(doi.length() - 1)) >= 0
                || doi.endsWith(")") && doi.chars().filter(it -> it == '(').count() < doi.chars().filter(it -> it == ')').count())) {
            doi = doi.substring(0, doi.length() - 1);
        }
        return doi.indexOf('/') < doi.length() - 1 ? doi : null;
    }

    static @Nullable String findPmid(@Nullable String text) {
        var matcher = PMID.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group() : null;
    }

    static @Nullable String findOrcid(@Nullable String text) {
        var matcher = ORCID.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group() : null;
    }
}
