package io.throughline.content;

import io.throughline.content.ContentDesk.Creation;
import io.throughline.content.Views.NewItemView;
import io.throughline.content.Views.VersionList;
import io.throughline.content.Views.VersionView;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Items and their versions, content types, and rendering for the preview.
@RestController
@RequestMapping("/manage/v1")
class ItemController {

    /// Characters, as in the schema of `body`.
    private static final int MAX_MARKDOWN = 2_000_000;

    record NewItemBody(@Nullable String type, @Nullable String kind, @Nullable String brand, @Nullable String locale, @Nullable ObjectNode document) {}

    record RenderBody(@Nullable String markdown, @Nullable List<ObjectNode> references) {}

    record TypeView(String type, String title, String plural, String prefix, List<String> slots, JsonNode fields,
            List<String> requiredToSubmit, JsonNode schema) {}

    record TypeList(List<TypeView> types) {}

    private final ContentDesk desk;
    private final Contents contents;
    private final ContentTypes types;
    private final Renditions renditions;
    private final Views views;

    ItemController(ContentDesk desk, Contents contents, ContentTypes types, Renditions renditions, Views views) {
        this.desk = desk;
        this.contents = contents;
        this.types = types;
        this.renditions = renditions;
        this.views = views;
    }

    @GetMapping("/content-types")
    @Allowed
    TypeList contentTypes() {
        return new TypeList(types.list().stream().map(it -> new TypeView(it.name(), it.title(), it.plural(), it.prefix(), it.slots(),
                it.fields(), it.requiredToSubmit(), it.schema())).toList());
    }

    @PostMapping("/items")
    @Allowed(Role.WRITER)
    ResponseEntity<NewItemView> create(Actor actor, @RequestBody NewItemBody body) {
        var newItem = new NewItem(Views.required(body.type(), "/type"), Views.required(body.kind(), "/kind"), body.brand(),
                Views.required(body.locale(), "/locale"), Views.required(body.document(), "/document"));
        return switch (desk.create(actor, newItem)) {
            case Creation.Invalid(var findings) -> throw Views.invalid(findings);
            case Creation.Created(var item, var draft) -> ResponseEntity.created(URI.create("/manage/v1/items/" + item.id()))
                    .eTag(draft.etag()).body(views.created(item, draft, actor));
        };
    }

    @GetMapping("/items/{id}/versions")
    @Allowed
    VersionList versions(Actor actor, @PathVariable String id, @RequestParam(required = false) @Nullable String locale) {
        var item = contents.getVisible(actor, id);
        return views.versions(contents.listVersions(item.id()).stream().filter(it -> locale == null || it.locale().equals(locale)).toList());
    }

    /// With the words that it was submitted with.
    @GetMapping("/items/{id}/versions/{locale}/{number}")
    @Allowed
    VersionView version(Actor actor, @PathVariable String id, @PathVariable String locale, @PathVariable int number) {
        var item = contents.getVisible(actor, id);
        var version = contents.findVersion(item.id(), locale, number).orElseThrow(() ->
                Problem.NOT_FOUND.because("%s has no version %d in %s; its versions stand in /manage/v1/items/%s/versions.".formatted(item.key(), number, locale, item.key())));
        return views.version(item, version, renditions.findAny(version).map(Rendition::html).orElseGet(() -> contents.render(version).html()));
    }

    /// Claims in the text are shown if they exist and the person may see them.
    @PostMapping("/render")
    @Allowed
    Rendered render(Actor actor, @RequestBody RenderBody body) {
        var markdown = Views.required(body.markdown(), "/markdown");
        if (markdown.length() > MAX_MARKDOWN) {
            throw Problem.PAYLOAD_TOO_LARGE.because("Render at most %d characters at once.".formatted(MAX_MARKDOWN));
        }
        var references = new ArrayList<String>();
        if (body.references() != null) {
            body.references().forEach(it -> references.add(it.path("id").asString("")));
        }
        return Markdown.render(markdown, new RenderContext(references, contents.claimTextsIn(actor, markdown)));
    }
}
