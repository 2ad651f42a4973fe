package io.throughline.ingest;

import io.throughline.audit.AuditTrail;
import io.throughline.content.ContentDesk;
import io.throughline.content.ContentDesk.Creation;
import io.throughline.content.NewItem;
import io.throughline.evidence.Blobs;
import io.throughline.evidence.References;
import io.throughline.ingest.FileOutcome.Account;
import io.throughline.ingest.document.DocumentFormat;
import io.throughline.ingest.document.DocumentParser;
import io.throughline.ingest.document.ParseRefusal;
import io.throughline.ingest.document.ParsedDocument;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import java.io.ByteArrayInputStream;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Turns one file into a draft with its references, as the person who sent it and through the same commands as
/// everybody else (S37). A file is read outside any transaction and written in one: all of it or nothing (S12).
@Service
class IngestDesk {

    private final DocumentParser parser;
    private final ContentDesk content;
    private final References references;
    private final Blobs blobs;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    IngestDesk(DocumentParser parser, ContentDesk content, References references, Blobs blobs, AuditTrail audit,
            JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.parser = parser;
        this.content = content;
        this.references = references;
        this.blobs = blobs;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    FileOutcome ingest(Actor actor, String path, byte[] bytes, IngestTarget target) {
        return ingest(actor, path, bytes, target, ignored -> {});
    }

    /// @param path   name of the file, folders in front allowed; only its last part is kept
    /// @param noting runs at the end of the transaction that writes the draft, so that a job's record of the file
    ///               and the draft are there together or not at all; not called for other outcomes than created
    FileOutcome ingest(Actor actor, String path, byte[] bytes, IngestTarget target, Consumer<FileOutcome> noting) {
        Objects.requireNonNull(actor, "files are never taken in by nobody");
        return switch (parser.parse(bytes, SourceDocument.baseName(path))) {
            case ParseRefusal(var code, var detail) -> new FileOutcome.Unreadable(code.slug(), detail);
            case ParsedDocument parsed -> Objects.requireNonNull(transaction.execute(status -> {
                var outcome = write(actor, path, bytes, target, parsed);
                switch (outcome) {
                    case FileOutcome.Created ignored -> noting.accept(outcome);
                    case FileOutcome.Duplicate ignored -> {}
                    case FileOutcome.Unreadable ignored -> status.setRollbackOnly();
                    case FileOutcome.Invalid ignored -> status.setRollbackOnly();
                }
                return outcome;
            }));
        };
    }

    private FileOutcome write(Actor actor, String path, byte[] bytes, IngestTarget target, ParsedDocument parsed) {
        var sha256 = Sha256.hex(bytes);
        // The same file sent twice at the same moment stands in a row here; the second finds the first's item.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('ingest ' || :sha256, 0))")
                .param("sha256", sha256).query((row, _) -> 1).single();
        var source = new SourceDocument(parsed, path, target.locale());
        var works = source.csl();
        var before = jdbc.sql("""
                        select i.id, i.key from ingest_source s join content_item i on i.id = s.item_id
                         where s.file_sha256 = :sha256 and i.kind = :kind and i.brand is not distinct from :brand
                         order by i.created_at limit 1
                        """)
                .param("sha256", sha256).param("kind", target.kind()).param("brand", target.brand(), java.sql.Types.VARCHAR)
                .query((row, _) -> account(row.getString("id"), row.getString("key"), source, parsed)).optional();
        if (before.isPresent() && actor.mayUseContentOf(target.brand())) {
            return new FileOutcome.Duplicate(before.get());
        }
        var blob = blobs.store(actor, new ByteArrayInputStream(bytes), mediaType(parsed.format()));
        var registered = references.register(actor, works);
        var document = source.document(registered, blob.sha256());
        return switch (content.create(actor, new NewItem("article", target.kind(), target.brand(), target.locale(), document))) {
            case Creation.Invalid(var findings) -> new FileOutcome.Invalid(findings);
            case Creation.Created(var item, var _) -> {
                jdbc.sql("insert into ingest_source (file_sha256, item_id) values (:sha256, :item)")
                        .param("sha256", blob.sha256()).param("item", item.id()).update();
                audit.record(actor, "file.ingested", "item", item.id(), null, null, Json.object()
                        .put("fileName", SourceDocument.baseName(path)).put("fileSha256", blob.sha256()).put("format", parsed.format().slug()));
                yield new FileOutcome.Created(account(item.id(), item.key(), source, parsed));
            }
        };
    }

    private static Account account(String itemId, String key, SourceDocument source, ParsedDocument parsed) {
        return new Account(itemId, key, source.title(), source.sections(), parsed.tables(), parsed.references().size(), source.warnings());
    }

    /// By content: the reader has proved the format (S20).
    private static String mediaType(DocumentFormat format) {
        return switch (format) {
            case JATS -> "application/xml";
            case DOCX -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            case PDF -> "application/pdf";
            case HTML -> "text/html";
        };
    }
}
