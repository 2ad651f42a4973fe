package io.throughline.identity;

import io.throughline.shared.BrandScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ApiKeyTable {

    record Usable(ChannelClient client, Instant expiresAt) {}

    /// @param secretHashes of the secrets that are valid, the newest first
    record TokenClient(Usable usable, List<String> secretHashes) {}

    /// The newest row counts; null where there is none.
    private static final String BRANDS = "(select b.brands from api_key_brands b where b.key_id = api_key.id order by b.number desc limit 1) as brands";

    private static final String USABLE = "select api_key.*, channel.key as channel_key, channel.kind as channel_kind, channel.purges_by_key, " + BRANDS;

    private final JdbcClient jdbc;

    ApiKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Unrevoked; whether it has expired is for the caller's clock to say.
    Optional<Usable> findUsable(String secretHash) {
        return jdbc.sql(USABLE + """
                          from api_key
                          join channel on channel.id = api_key.channel_id
                         where secret_hash = :secretHash and use = 'key' and revoked_at is null
                        """)
                .param("secretHash", secretHash)
                .query((row, _) -> usable(row))
                .optional();
    }

    /// The same for a client by its id.
    Optional<TokenClient> findClient(String id) {
        return jdbc.sql(USABLE + """
                          from api_key
                          join channel on channel.id = api_key.channel_id
                         where api_key.id = :id and use = 'client' and revoked_at is null
                        """)
                .param("id", id)
                .query((row, _) -> new TokenClient(usable(row),
                        Stream.of(row.getString("secret_hash"), row.getString("previous_secret_hash")).filter(Objects::nonNull).toList()))
                .optional();
    }

    private static Usable usable(ResultSet row) throws SQLException {
        return new Usable(
                new ChannelClient(row.getString("id"), row.getString("channel_id"), row.getString("channel_key"),
                        row.getString("channel_kind"), People.texts(row, "markets"), People.texts(row, "locales"),
                        People.texts(row, "kinds"), brands(row), row.getBoolean("may_explain"), row.getBoolean("may_time_travel"),
                        row.getBoolean("purges_by_key")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    boolean exists(String secretHash) {
        return jdbc.sql("select exists (select 1 from api_key where secret_hash = :secretHash)")
                .param("secretHash", secretHash)
                .query(Boolean.class)
                .single();
    }

    List<Channel> listChannels() {
        return jdbc.sql("select id, key, name, kind, purges_by_key from channel order by name, id")
                .query((row, _) -> new Channel(row.getString("id"), row.getString("key"), row.getString("name"), row.getString("kind"),
                        row.getBoolean("purges_by_key")))
                .list();
    }

    List<ApiKey> listKeys() {
        return jdbc.sql("select *, " + BRANDS + " from api_key order by channel_id, created_at, id").query((row, _) -> key(row)).list();
    }

    void insert(Channel channel) {
        jdbc.sql("insert into channel (id, key, name, kind) values (:id, :key, :name, :kind)")
                .param("id", channel.id())
                .param("key", channel.key())
                .param("name", channel.name())
                .param("kind", channel.kind())
                .update();
    }

    /// False when there is no such channel.
    boolean setPurgesByKey(String channelId, boolean purgesByKey) {
        // a setting; the trail keeps what it was
        return jdbc.sql("update channel set purges_by_key = :purges where id = :id").param("purges", purgesByKey).param("id", channelId).update() == 1;
    }

    void insert(ApiKey key, String secretHash, String createdBy, OffsetDateTime now) {
        jdbc.sql("""
                        insert into api_key (id, channel_id, name, prefix, use, secret_hash, markets, locales, kinds, may_explain,
                                             may_time_travel, created_by, created_at, expires_at)
                        values (:id, :channelId, :name, :prefix, :use, :secretHash, :markets, :locales, :kinds, :mayExplain,
                                :mayTimeTravel, :createdBy, :now, :expiresAt)
                        """)
                .param("id", key.id())
                .param("channelId", key.channelId())
                .param("name", key.name())
                .param("prefix", key.prefix())
                .param("use", key.use())
                .param("secretHash", secretHash)
                .param("markets", array(key.markets()))
                .param("locales", array(key.locales()))
                .param("kinds", array(key.kinds()))
                .param("mayExplain", key.mayExplain())
                .param("mayTimeTravel", key.mayTimeTravel())
                .param("createdBy", createdBy)
                .param("now", now)
                .param("expiresAt", key.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        addBrands(key.id(), new BrandScope(key.brands()), createdBy, now);
    }

    /// What a key reads from now on; what it read before stays written.
    void addBrands(String keyId, BrandScope brands, String setBy, OffsetDateTime now) {
        jdbc.sql("""
                        insert into api_key_brands (key_id, number, brands, since, set_by)
                        select :key, coalesce(max(number), 0) + 1, :brands, :now, :setBy from api_key_brands where key_id = :key
                        """)
                .param("key", keyId).param("brands", brands.array()).param("now", now).param("setBy", setBy)
                .update();
    }

    /// Until the end of the transaction nobody else changes what it reads. False for what is no key in force.
    boolean lockInForce(String id) {
        return jdbc.sql("select id from api_key where id = :id and revoked_at is null for update").param("id", id).query(String.class).optional().isPresent();
    }

    /// Puts a new secret in place; the one before stays valid, or ends with the one before it. False for what is no client in force.
    boolean rotate(String id, String secretHash, String prefix, boolean keepsPrevious) {
        // the only update of a secret: a rotation replaces the older of the two
        return jdbc.sql("""
                        update api_key
                           set previous_secret_hash = case when :keeps then secret_hash end, secret_hash = :secretHash, prefix = :prefix
                         where id = :id and use = 'client' and revoked_at is null
                        """)
                .param("keeps", keepsPrevious)
                .param("secretHash", secretHash)
                .param("prefix", prefix)
                .param("id", id)
                .update() == 1;
    }

    /// The secret's hash of the key that was revoked now; empty when there was nothing to revoke.
    Optional<String> revoke(String id, OffsetDateTime now) {
        // set once: the where clause keeps the first revocation's time
        return jdbc.sql("update api_key set revoked_at = :now where id = :id and revoked_at is null returning secret_hash")
                .param("now", now)
                .param("id", id)
                .query(String.class)
                .optional();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        var revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new ApiKey(row.getString("id"), row.getString("channel_id"), row.getString("name"), row.getString("prefix"),
                row.getString("use"), row.getString("previous_secret_hash") == null ? 1 : 2, People.texts(row, "markets"), People.texts(row, "locales"), People.texts(row, "kinds"), brands(row).brands(), row.getBoolean("may_explain"),
                row.getBoolean("may_time_travel"), row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant());
    }

    private static BrandScope brands(ResultSet row) throws SQLException {
        return row.getArray("brands") == null ? BrandScope.NOTHING : new BrandScope(People.texts(row, "brands"));
    }

    private static String[] array(Set<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }
}
