package io.throughline.ingest;

import io.throughline.evidence.FileHolders;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The items that were made of a file.
@Repository
class IngestSources implements FileHolders {

    private final JdbcClient jdbc;

    IngestSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> listItemsWith(String sha256) {
        return jdbc.sql("select item_id from ingest_source where file_sha256 = :sha256 order by item_id").param("sha256", sha256)
                .query((row, _) -> row.getString("item_id")).list();
    }
}
