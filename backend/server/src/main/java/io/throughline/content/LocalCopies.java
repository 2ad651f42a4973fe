package io.throughline.content;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Says of texts in which way they are copies of another locale's.
@Service
public class LocalCopies {

    /// One text of an item.
    public record Text(String itemId, String locale, ObjectNode document) {}

    private final LocaleOrigins origins;

    LocalCopies(LocaleOrigins origins) {
        this.origins = origins;
    }

    /// Of those that were started from another locale, in one statement.
    public Map<Text, LocalCopy> list(Collection<Text> texts) {
        var sources = origins.list(texts.stream().map(Text::itemId).distinct().toList());
        var copies = new HashMap<Text, LocalCopy>();
        for (var text : texts) {
            var source = sources.get(LocaleOrigins.key(text.itemId(), text.locale()));
            if (source != null) {
                copies.put(text, of(text, source));
            }
        }
        return copies;
    }

    /// Empty for a text that began with its item.
    public Optional<LocalCopy> find(String itemId, String locale, ObjectNode document) {
        return origins.find(itemId, locale).map(it -> of(new Text(itemId, locale, document), it));
    }

    private static LocalCopy of(Text text, LocaleSource source) {
        var blocks = TextBlocks.of(text.document());
        return LocalCopy.of(source, TranslationRules.compare(blocks, source), TranslationRules.isConfirmed(text.locale(), blocks, source));
    }
}
