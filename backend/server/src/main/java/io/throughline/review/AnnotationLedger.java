package io.throughline.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Annotations and replies in PostgreSQL. Both are facts: an annotation is resolved by a reply that says so.
@Repository
class AnnotationLedger {

    /// @param required the text can't be approved unchanged in the annotator's eyes
    record Annotation(
            String id, int circulation, QuoteAnchor anchor, String body, boolean required, String authorId, Instant createdAt) {}

    record Reply(String id, String annotationId, String body, boolean resolves, String authorId, Instant createdAt) {}

    private final JdbcClient jdbc;

    AnnotationLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void append(String jobId, Annotation annotation) {
        jdbc.sql("""
                        insert into review_annotation (id, job_id, circulation, quote, prefix, suffix, body, required, author_id, created_at)
                        values (:id, :job, :circulation, :quote, :prefix, :suffix, :body, :required, :author, :at)
                        """)
                .param("id", annotation.id()).param("job", jobId).param("circulation", annotation.circulation())
                .param("quote", annotation.anchor().quote()).param("prefix", annotation.anchor().prefix())
                .param("suffix", annotation.anchor().suffix()).param("body", annotation.body())
                .param("required", annotation.required()).param("author", annotation.authorId())
                .param("at", Rows.timestamp(annotation.createdAt()))
                .update();
    }

    void append(Reply reply) {
        jdbc.sql("""
                        insert into review_annotation_reply (id, annotation_id, body, resolves, author_id, created_at)
                        values (:id, :annotation, :body, :resolves, :author, :at)
                        """)
                .param("id", reply.id()).param("annotation", reply.annotationId()).param("body", reply.body())
                .param("resolves", reply.resolves()).param("author", reply.authorId()).param("at", Rows.timestamp(reply.createdAt()))
                .update();
    }

    Optional<Annotation> find(String jobId, String annotationId) {
        return list(jobId).stream().filter(it -> it.id().equals(annotationId)).findFirst();
    }

    /// In the order they were made.
    List<Annotation> list(String jobId) {
        return jdbc.sql("""
                        select id, circulation, quote, prefix, suffix, body, required, author_id, created_at
                          from review_annotation where job_id = :job order by created_at, id
                        """)
                .param("job", jobId)
                .query((row, _) -> new Annotation(row.getString("id"), row.getInt("circulation"),
                        new QuoteAnchor(row.getString("quote"), row.getString("prefix"), row.getString("suffix")),
                        row.getString("body"), row.getBoolean("required"), row.getString("author_id"), Rows.instant(row, "created_at")))
                .list();
    }

    /// The replies to all of a job's annotations, in the order they were made.
    List<Reply> listReplies(String jobId) {
        return jdbc.sql("""
                        select reply.id, reply.annotation_id, reply.body, reply.resolves, reply.author_id, reply.created_at
                          from review_annotation_reply reply join review_annotation annotation on annotation.id = reply.annotation_id
                         where annotation.job_id = :job order by reply.created_at, reply.id
                        """)
                .param("job", jobId)
                .query((row, _) -> new Reply(row.getString("id"), row.getString("annotation_id"), row.getString("body"),
                        row.getBoolean("resolves"), row.getString("author_id"), Rows.instant(row, "created_at")))
                .list();
    }

    boolean isResolved(String annotationId) {
        return jdbc.sql("select exists (select 1 from review_annotation_reply where annotation_id = :id and resolves)")
                .param("id", annotationId).query(Boolean.class).single();
    }

    /// Annotations that demand a change and that no reply has resolved.
    int countOpenRequired(String jobId) {
        return jdbc.sql("""
                        select count(*) from review_annotation annotation
                         where annotation.job_id = :job and annotation.required
                           and not exists (select 1 from review_annotation_reply reply
                                            where reply.annotation_id = annotation.id and reply.resolves)
                        """)
                .param("job", jobId)
                .query(Integer.class).single();
    }
}
