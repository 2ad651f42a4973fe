package io.throughline.identity;

import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Who there is. People are suspended, never deleted, so a name can be found for every id that ever acted.
@Repository
public class People {

    /// What a person proves themselves with; stays in this module.
    ///
    /// @param passwordResetBy      who set the password, when it was not its owner: another must be chosen before anything else
    /// @param identityOpenSince    which administrator reset the password, until another one confirms whose it is now
    /// @param unsignedSinceReset   whether nothing was signed since then
    record Credentials(Person person, String passwordHash, Instant passwordChangedAt, @Nullable String passwordResetBy,
            @Nullable String identityOpenSince, boolean unsignedSinceReset) {
        @Override
        public String toString() {
            return "Credentials[" + person.id() + "]";
        }
    }

    private final JdbcClient jdbc;

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Person> find(String id) {
        return findCredentials(id).map(Credentials::person);
    }

    /// Throws the problem `not-found`.
    public Person get(String id) {
        return find(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such person."));
    }

    /// By user name, in any spelling of it.
    public Optional<Person> findByUsername(String username) {
        return findAccount(Accounts.normalise(username)).map(Credentials::person);
    }

    public List<Person> list() {
        return jdbc.sql("select * from person order by display_name, id")
                .query((row, _) -> credentials(row).person())
                .list();
    }

    List<Credentials> listCredentials() {
        return jdbc.sql("select * from person order by display_name, id").query((row, _) -> credentials(row)).list();
    }

    /// Id to display name in one query; `system` is in it when asked for, an unknown id is not.
    public Map<String, String> names(Collection<String> ids) {
        var names = new LinkedHashMap<String, String>();
        if (ids.contains("system")) {
            names.put("system", io.throughline.shared.Actor.system().displayName());
        }
        jdbc.sql("select id, display_name from person where id = any(:ids)")
                .param("ids", ids.stream().distinct().toArray(String[]::new))
                .query((row, _) -> names.put(row.getString("id"), row.getString("display_name")))
                .list();
        return names;
    }

    /// Id to roles in one query; an unknown id is not in it.
    public Map<String, Set<Role>> roles(Collection<String> ids) {
        var roles = new LinkedHashMap<String, Set<Role>>();
        jdbc.sql("select id, roles from person where id = any(:ids)")
                .param("ids", ids.stream().distinct().toArray(String[]::new))
                .query((row, _) -> roles.put(row.getString("id"), roles(row)))
                .list();
        return roles;
    }

    Optional<Credentials> findCredentials(String id) {
        return jdbc.sql("select * from person where id = :id").param("id", id).query((row, _) -> credentials(row)).optional();
    }

    Optional<Credentials> findAccount(String normalised) {
        return jdbc.sql("select * from person where username = :username")
                .param("username", normalised)
                .query((row, _) -> credentials(row))
                .optional();
    }

    boolean isEmpty() {
        return jdbc.sql("select not exists (select 1 from person)").query(Boolean.class).single();
    }

    private static Credentials credentials(ResultSet row) throws SQLException {
        var verified = row.getObject("identity_verified_at", OffsetDateTime.class);
        var person = new Person(
                row.getString("id"),
                row.getString("username"),
                row.getString("display_name"),
                roles(row),
                texts(row, "brands"),
                texts(row, "markets"),
                row.getString("registration_number"),
                verified == null ? null : verified.toInstant(),
                row.getObject("suspended_at") != null);
        return new Credentials(person, row.getString("password_hash"),
                row.getObject("password_changed_at", OffsetDateTime.class).toInstant(), row.getString("password_reset_by"),
                row.getString("identity_open_since_reset_by"), row.getBoolean("unsigned_since_reset"));
    }

    private static Set<Role> roles(ResultSet row) throws SQLException {
        return texts(row, "roles").stream().map(it -> Kebab.parse(Role.class, it)).collect(Collectors.toUnmodifiableSet());
    }

    static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
    }
}
