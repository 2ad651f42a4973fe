package io.throughline.evidence;

import io.throughline.content.Contents;
import io.throughline.shared.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who may read a stored file (S7): those who may read an item that holds it, and whoever brought it while no item does.
@Component
class FileAccess {

    private final Blobs blobs;
    private final Contents contents;
    private final List<FileHolders> holders;
    private final JdbcClient jdbc;

    FileAccess(Blobs blobs, Contents contents, List<FileHolders> holders, JdbcClient jdbc) {
        this.blobs = blobs;
        this.contents = contents;
        this.holders = List.copyOf(holders);
        this.jdbc = jdbc;
    }

    /// Empty for a file that is not there and for one that is not for this person.
    Optional<Blob> find(Actor actor, String sha256) {
        return blobs.find(sha256).filter(_ -> mayRead(actor, sha256));
    }

    private boolean mayRead(Actor actor, String sha256) {
        var items = holders.stream().flatMap(it -> it.listItemsWith(sha256).stream()).distinct().toList();
        return items.isEmpty() ? broughtBy(actor, sha256)
                : items.stream().anyMatch(id -> contents.findItem(id).filter(item -> actor.mayUseContentOf(item.brand())).isPresent());
    }

    private boolean broughtBy(Actor actor, String sha256) {
        return jdbc.sql("select exists (select 1 from blob_upload where sha256 = :sha256 and person_id = :person)")
                .param("sha256", sha256).param("person", actor.id()).query(Boolean.class).single();
    }
}
