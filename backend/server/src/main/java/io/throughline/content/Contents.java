package io.throughline.content;

import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Reads of items, drafts and versions. Whether the reader may see them is the caller's question: see [#getVisible].
@Service
public class Contents {

    private static final Pattern PARAGRAPH = Pattern.compile("\n{2,}");

    private final ContentStore store;

    Contents(ContentStore store) {
        this.store = store;
    }

    public Optional<Item> findItem(String idOrKey) {
        return store.findItem(idOrKey);
    }

    /// Those that exist, by id.
    public Map<String, Item> findItems(Collection<String> ids) {
        return store.findItems(ids);
    }

    /// @throws io.throughline.shared.ProblemException NOT_FOUND
    public Item getItem(String idOrKey) {
        return findItem(idOrKey).orElseThrow(Contents::missing);
    }

    /// The item, if its brand is one the actor may use; otherwise the same refusal as for one that does not exist (S7, S10).
    ///
    /// @throws io.throughline.shared.ProblemException NOT_FOUND
    public Item getVisible(Actor actor, String idOrKey) {
        return findItem(idOrKey).filter(it -> actor.mayUseContentOf(it.brand())).orElseThrow(Contents::missing);
    }

    public Optional<Draft> findDraft(String itemId, String locale) {
        return store.findDraft(itemId, locale);
    }

    /// All locales, in their order.
    public List<Draft> listDrafts(String itemId) {
        return store.listDrafts(itemId);
    }

    public Optional<Version> findVersion(String itemId, String locale, int number) {
        return store.findVersion(itemId, locale, number);
    }

    public Optional<Version> latestVersion(String itemId, String locale) {
        return store.latestVersion(itemId, locale);
    }

    /// All locales in their order, newest number first.
    public List<Version> listVersions(String itemId) {
        return store.listVersions(itemId);
    }

    /// Ids of all people who ever wrote in the drafts of this item and locale or of a locale that it derives from: none of them
    /// may certify it (UK-2).
    public Set<String> developers(String itemId, String locale) {
        return store.developers(itemId, locale);
    }

    /// Where the item stands in other items' drafts and latest versions.
    public List<Use> usedIn(String itemId) {
        return store.usedIn(itemId);
    }

    /// What a document's Markdown may point at, as it is now: its references and the texts of its claims.
    public RenderContext renderContext(ObjectNode document, String locale) {
        return new RenderContext(DocumentLinks.references(document), claimTexts(DocumentLinks.claims(document), locale));
    }

    /// A draft as one text: `text`, `question`, `body`, steps.
    public Rendered render(ObjectNode document, String locale) {
        return DocumentRendering.render(document, renderContext(document, locale), Dialect.NEWEST);
    }

    /// A version by the rules of its time, with its claims as they are now.
    public Rendered render(Version version) {
        return render(version, claimTexts(DocumentLinks.claims(version.document()), version.locale()));
    }

    /// A version by the rules of its time, with the given words for its claims: what goes out shows approved words only, never the newest.
    public Rendered render(Version version, Map<String, String> claimTexts) {
        return render(version.document(), version.dialect(), claimTexts);
    }

    /// The same for a caller who has no more of a version or draft than its document.
    public Rendered render(ObjectNode document, Dialect dialect, Map<String, String> claimTexts) {
        return DocumentRendering.render(document, new RenderContext(DocumentLinks.references(document), claimTexts), dialect);
    }

    /// What people compare of a version: its blocks, with the words that its claims have now.
    public List<Block> blocks(Version version) {
        return blocks(version, claimTexts(DocumentLinks.claims(version.document()), version.locale()));
    }

    /// The same with the given words for its claims.
    public List<Block> blocks(Version version, Map<String, String> claimTexts) {
        return Blocks.of(version.documentForDraft(), claimTexts);
    }

    /// The same with the words that were frozen with it, and with what it holds by words beside its claims.
    public List<Block> blocks(Version version, Rendition rendition) {
        var blocks = new ArrayList<>(blocks(version, rendition.claimTexts()));
        var content = rendition.content();
        content.path("contains").forEach(part -> PARAGRAPH.splitAsStream(part.path("plainText").asString("")).filter(it -> !it.isBlank())
                .forEach(it -> blocks.add(new Block(part.path("relation").asString(""), part.path("title").asString(""), it.strip(), it.strip()))));
        return List.copyOf(blocks);
    }

    /// Ids of the claims that a document makes, in its list or inline in its Markdown, each once.
    public List<String> claimIds(ObjectNode document) {
        return DocumentLinks.claims(document);
    }

    /// Texts of claim items in that locale (or another, where there is none), latest version before draft.
    public Map<String, String> claimTexts(Collection<String> itemIds, String locale) {
        var texts = new LinkedHashMap<String, String>();
        store.linkedItems(itemIds, locale).values().forEach(it -> {
            if (!it.text().isEmpty()) {
                texts.put(it.id(), it.text());
            }
        });
        return texts;
    }

    /// Of the claims that a Markdown text names, those the actor may see: a preview shows no foreign brand's words (S3).
    Map<String, String> claimTextsIn(Actor actor, String markdown) {
        var texts = new LinkedHashMap<String, String>();
        store.linkedItems(DocumentLinks.claims(Json.object().put("body", markdown)), "").values().stream()
                .filter(it -> actor.mayUseContentOf(it.brand()) && !it.text().isEmpty())
                .forEach(it -> texts.put(it.id(), it.text()));
        return texts;
    }


    private static RuntimeException missing() {
        return Problem.NOT_FOUND.because("There is no such item, or it belongs to a brand that you don't work for; check its key.");
    }
}
