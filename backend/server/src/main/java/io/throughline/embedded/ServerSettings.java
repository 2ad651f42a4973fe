package io.throughline.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/// Which parts run beside the server and which are real servers, checked. `backend/docs/configuration.md` has the table.
///
/// @param data            what is embedded lives here; absolute
/// @param database        the real PostgreSQL, or empty for the embedded one
/// @param elasticsearch   the real Elasticsearch, or empty for the embedded one
/// @param elasticsearchHome where the embedded distribution lies, or empty to look beside the server
/// @param blobs           where files lie; absolute
/// @param blobsConfigured whether somebody chose `blobs`; otherwise it lies in `data`
record ServerSettings(
        Path data,
        Optional<Database> database,
        Optional<URI> elasticsearch,
        Optional<Path> elasticsearchHome,
        Path blobs,
        boolean blobsConfigured) {

    record Database(String url, String user, String password) {}

    /// Settings of other modules stand here too: the check below can't tell a setting from a typing mistake otherwise.
    private static final Set<String> KNOWN_VARIABLES = Set.of(
            "THROUGHLINE_DATA", "THROUGHLINE_BLOBS", "THROUGHLINE_INDEX_PREFIX", "THROUGHLINE_PUBLIC_URL",
            "THROUGHLINE_DB_URL", "THROUGHLINE_DB_USER", "THROUGHLINE_DB_PASSWORD", "THROUGHLINE_DB_MANAGEMENT_CONNECTIONS", "THROUGHLINE_DB_DELIVERY_CONNECTIONS",
            "THROUGHLINE_ELASTICSEARCH_URL", "THROUGHLINE_ELASTICSEARCH_USER", "THROUGHLINE_ELASTICSEARCH_PASSWORD",
            "THROUGHLINE_ELASTICSEARCH_API_KEY", "THROUGHLINE_ELASTICSEARCH_HOME", "THROUGHLINE_INGEST_FOLDERS",
            "THROUGHLINE_OUTBOUND_ALLOW", "THROUGHLINE_SECRETS_KEY",
            "THROUGHLINE_RATE_LIMIT_REQUESTS", "THROUGHLINE_RATE_LIMIT_ADDRESS_REQUESTS", "THROUGHLINE_SIGN_IN_ADDRESS_FAILURES", "THROUGHLINE_PROXIES", "THROUGHLINE_CORS_ORIGINS",
            "THROUGHLINE_DOCUMENT_CACHE", "THROUGHLINE_CONNECTION_PATIENCE",
            "THROUGHLINE_AUDIT_KEY", "THROUGHLINE_AUDIT_TRUSTED_KEYS", "THROUGHLINE_AUDIT_COPIES");

    static ServerSettings of(ConfigurableEnvironment environment) {
        refuseUnknownVariables(environment);
        refuseUnlessCount(environment, "throughline.rate-limit.requests");
        refuseUnlessCount(environment, "throughline.rate-limit.address-requests");
        refuseUnlessCount(environment, "throughline.sign-in.address-failures");
        refuseUnlessSize(environment, "throughline.document-cache");
        refuseUnlessSeconds(environment, "throughline.connection-patience");
        refuseUnlessConnections(environment, "throughline.db.management-connections");
        refuseUnlessConnections(environment, "throughline.db.delivery-connections");
        var data = path(environment, "throughline.data", "data");
        var blobs = text(environment, "throughline.blobs");
        if (blobs != null && blobs.startsWith("s3:")) {
            throw new ConfigurationRefused(
                    "THROUGHLINE_BLOBS is '%s', but this version keeps files in a directory only.".formatted(blobs),
                    "Set THROUGHLINE_BLOBS to a directory that all nodes share, or leave it out.");
        }
        return new ServerSettings(
                data,
                database(environment),
                elasticsearch(environment),
                Optional.ofNullable(text(environment, "throughline.elasticsearch.home"))
                        .map(it -> path(environment, "throughline.elasticsearch.home", it)),
                blobs == null ? data.resolve("blobs") : path(environment, "throughline.blobs", blobs),
                blobs != null);
    }

    /// Whether anything is kept in [#data]; only then is the directory locked for this process.
    boolean usesDataDirectory() {
        return database.isEmpty() || elasticsearch.isEmpty() || !blobsConfigured;
    }

    private static void refuseUnlessCount(Environment environment, String name) {
        var value = text(environment, name);
        if (value != null && !value.matches("[1-9]\\d{0,8}|1000000000")) {
            throw new ConfigurationRefused("%s is '%s', which is no number of requests.".formatted(variable(name), value),
                    "Set it to a whole number from 1 to 1000000000, or leave it out.");
        }
    }

    /// Two at least: what is recorded although its act was refused has a transaction of its own beside the act's.
    private static void refuseUnlessConnections(Environment environment, String name) {
        var value = text(environment, name);
        if (value != null && !value.matches("[2-9]|[1-9]\\d{1,2}")) {
            throw new ConfigurationRefused("%s is '%s', which is no number of connections.".formatted(variable(name), value),
                    "Set it to a whole number from 2 to 999, or leave it out; the database's max_connections has to allow for both pools of all nodes.");
        }
    }

    private static void refuseUnlessSize(Environment environment, String name) {
        var value = text(environment, name);
        if (value != null && !value.matches("0|[1-9]\\d{0,5}[MG]B")) {
            throw new ConfigurationRefused("%s is '%s', which is no size.".formatted(variable(name), value),
                    "Write it like 512MB or 8GB, as 0 for none, or leave it out.");
        }
    }

    private static void refuseUnlessSeconds(Environment environment, String name) {
        var value = text(environment, name);
        if (value != null && !value.matches("[1-9]\\d{0,3}s")) {
            throw new ConfigurationRefused("%s is '%s', which is no time.".formatted(variable(name), value),
                    "Write it in seconds, like 45s, or leave it out.");
        }
    }

    private static Optional<Database> database(Environment environment) {
        var url = text(environment, "throughline.db.url");
        if (url == null) {
            refuseWithout(environment, "THROUGHLINE_DB_URL", "throughline.db.user", "throughline.db.password");
            return Optional.empty();
        }
        if (!url.startsWith("jdbc:postgresql://")) {
            throw new ConfigurationRefused(
                    "THROUGHLINE_DB_URL does not name a PostgreSQL database.",
                    "Write it as jdbc:postgresql://host:5432/database, with user and password in THROUGHLINE_DB_USER "
                            + "and THROUGHLINE_DB_PASSWORD.");
        }
        return Optional.of(new Database(url, required(environment, "throughline.db.user"),
                required(environment, "throughline.db.password")));
    }

    private static Optional<URI> elasticsearch(Environment environment) {
        var url = text(environment, "throughline.elasticsearch.url");
        var user = text(environment, "throughline.elasticsearch.user");
        var password = text(environment, "throughline.elasticsearch.password");
        var apiKey = text(environment, "throughline.elasticsearch.api-key");
        if ((user == null) != (password == null)) {
            throw new ConfigurationRefused(
                    "Only one of THROUGHLINE_ELASTICSEARCH_USER and THROUGHLINE_ELASTICSEARCH_PASSWORD is set.",
                    "Set both or neither.");
        }
        if (user != null && apiKey != null) {
            throw new ConfigurationRefused(
                    "Elasticsearch has both an API key and a user.",
                    "Keep either THROUGHLINE_ELASTICSEARCH_API_KEY or THROUGHLINE_ELASTICSEARCH_USER and _PASSWORD.");
        }
        if (url == null) {
            refuseWithout(environment, "THROUGHLINE_ELASTICSEARCH_URL", "throughline.elasticsearch.user",
                    "throughline.elasticsearch.api-key");
            return Optional.empty();
        }
        try {
            var uri = new URI(url);
            if (uri.getHost() != null && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException unreadable) {
            throw notAnAddress(url, unreadable);
        }
        throw notAnAddress(url, null);
    }

    private static ConfigurationRefused notAnAddress(String url, @Nullable Throwable cause) {
        var problem = "THROUGHLINE_ELASTICSEARCH_URL is '%s', which is not an address.".formatted(url);
        var remedy = "Write it as http://host:9200 or https://host:9200.";
        return cause == null ? new ConfigurationRefused(problem, remedy) : new ConfigurationRefused(problem, remedy, cause);
    }

    private static void refuseWithout(Environment environment, String missing, String... names) {
        for (var name : names) {
            if (text(environment, name) != null) {
                throw new ConfigurationRefused(
                        "%s is set, but %s is not.".formatted(variable(name), missing),
                        "Set %s too, or remove %s to use the embedded server.".formatted(missing, variable(name)));
            }
        }
    }

    private static String required(Environment environment, String name) {
        var value = text(environment, name);
        if (value == null) {
            throw new ConfigurationRefused("%s is not set.".formatted(variable(name)),
                    "Set %s, or remove THROUGHLINE_DB_URL to use the embedded database.".formatted(variable(name)));
        }
        return value;
    }

    private static Path path(Environment environment, String name, String fallback) {
        var value = text(environment, name);
        try {
            return Path.of(value == null ? fallback : value).toAbsolutePath().normalize();
        } catch (InvalidPathException unreadable) {
            throw new ConfigurationRefused("%s is '%s', which is not a directory name.".formatted(variable(name), value),
                    "Set it to a directory that the server may write.", unreadable);
        }
    }

    private static @Nullable String text(Environment environment, String name) {
        var value = environment.getProperty(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static void refuseUnknownVariables(ConfigurableEnvironment environment) {
        var source = environment.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        if (source == null) {
            return;
        }
        Predicate<String> unknown = it -> it.startsWith("THROUGHLINE_") && !KNOWN_VARIABLES.contains(it);
        environment.getSystemEnvironment().keySet().stream().filter(unknown).sorted().findFirst().ifPresent(it -> {
            throw new ConfigurationRefused("There is no setting %s.".formatted(it),
                    "Remove it or correct its name; the settings are " + new TreeSet<>(KNOWN_VARIABLES) + ".");
        });
    }

    private static String variable(String name) {
        return name.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
