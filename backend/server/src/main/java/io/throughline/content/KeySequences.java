package io.throughline.content;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/// A sequence for the readable keys of each type (`ART-93`), made by a migration that is repeated when a type is added.
///
/// A counter row would be locked until the writer's commit is on the disk, so that everybody who makes an item of that type waits for
/// everybody else's disk. A sequence gives numbers without waiting; those of what was rolled back are missing.
@Component
class KeySequences implements JavaMigration {

    private final SortedSet<String> prefixes = new TreeSet<>();

    KeySequences(ContentTypes types) {
        types.list().forEach(it -> prefixes.add(it.prefix()));
        for (var prefix : prefixes) {
            if (!prefix.matches("[A-Z]{1,10}")) {
                throw new IllegalArgumentException("no prefix of a key: " + prefix);
            }
        }
    }

    static String name(String prefix) {
        return "content_key_" + prefix.toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable MigrationVersion getVersion() {
        return null; // repeatable
    }

    @Override
    public String getDescription() {
        return "sequences of keys";
    }

    @Override
    public Integer getChecksum() {
        var crc = new CRC32();
        crc.update(String.join(" ", prefixes).getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        var jdbc = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true));
        for (var prefix : prefixes) {
            var create = "create sequence if not exists %s".formatted(name(prefix));
            jdbc.sql(create).update();
            // goes on where the counter of the time before stands
            jdbc.sql("select setval(:name::regclass, greatest(value + 1, nextval(:name::regclass)), false) from content_key_counter where prefix = :prefix")
                    .param("name", name(prefix)).param("prefix", prefix).query(row -> {});
        }
    }
}
