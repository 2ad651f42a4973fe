package io.throughline.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How one Elasticsearch 8.19 node is started without its launcher scripts, which fetch a JDK and refuse root.
final class ElasticsearchLaunch {

    record NodeFiles(Path config, Path data, Path logs, Path tmp, Path pid) {}

    private ElasticsearchLaunch() {}

    static NodeFiles prepare(Path home, Path directory) throws IOException {
        var files = new NodeFiles(directory.resolve("config"), directory.resolve("data"), directory.resolve("logs"),
                directory.resolve("tmp"), directory.resolve("node.pid"));
        for (var folder : List.of(files.config, files.data, files.logs, files.tmp)) {
            Files.createDirectories(folder);
        }
        Files.writeString(files.config.resolve("elasticsearch.yml"), "");
        Files.writeString(files.config.resolve("log4j2.properties"), Files.readString(home.resolve("config/log4j2.properties")));
        return files;
    }

    static List<String> command(Path home, NodeFiles files, List<String> options) throws IOException {
        var command = new ArrayList<String>(wrapper(files));
        // of two that contradict each other Java takes the later one
        var lib = home.resolve("lib");
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m", "-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:+UseSerialGC", "-Xss1m",
                "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError", "-XX:-OmitStackTraceInFastThrow",
                "-Des.networkaddress.cache.ttl=60", "-Des.networkaddress.cache.negative.ttl=10",
                "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-Djna.nosys=true",
                "-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true",
                "-Dio.netty.recycler.maxCapacityPerThread=0", "-Dlog4j.shutdownHookEnabled=false",
                "-Dlog4j2.disable.jmx=true", "-Dlog4j2.formatMsgNoLookups=true", "-Djava.locale.providers=CLDR",
                "-Dorg.apache.lucene.vectorization.upperJavaFeatureVersion=25",
                "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
                "-Des.path.home=" + home, "-Des.distribution.type=zip", "-Des.java.type=ES_JAVA_HOME",
                "-Djava.io.tmpdir=" + files.tmp,
                "--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core",
                "--enable-native-access=ALL-UNNAMED", "--illegal-native-access=deny",
                "-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true",
                "--patch-module=java.base=" + entitlementBridge(lib),
                "--add-exports=java.base/org.elasticsearch.entitlement.bridge=org.elasticsearch.entitlement,java.logging,"
                        + "java.net.http,java.naming,jdk.net,jdk.zipfs,jdk.management.agent",
                "--add-modules=jdk.incubator.vector", "--module-path", lib.toString(), "--add-modules=jdk.net",
                "--add-modules=jdk.management.agent",
                "--add-modules=ALL-MODULE-PATH"));
        command.addAll(options);
        command.addAll(List.of("-m", "org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch"));
        return command;
    }

    static Map<String, String> environment(NodeFiles files) {
        return Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LIBFFI_TMPDIR", files.tmp.toString(), "LANG", "C.UTF-8");
    }

    /// The server reads its arguments from standard input in Elasticsearch's own wire format; this is what its launcher of
    /// version 8.19 writes. The keystore is empty.
    static byte[] arguments(Path home, NodeFiles files, int port) throws IOException {
        var settings = new LinkedHashMap<String, String>();
        settings.put("path.home", home.toString());
        settings.put("path.data", files.data.toString());
        settings.put("path.logs", files.logs.toString());
        settings.put("cluster.name", "throughline");
        settings.put("node.name", "embedded");
        settings.put("discovery.type", "single-node");
        settings.put("xpack.security.enabled", "false");
        settings.put("http.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(port));
        settings.put("transport.host", "127.0.0.1");
        settings.put("transport.port", "0");
        settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        settings.put("action.destructive_requires_name", "true");
        // the serial collector leaves garbage until the heap is full; counted as memory in use, it would refuse bulk requests for nothing
        settings.put("indices.breaker.total.use_real_memory", "false");

        var out = new ByteArrayOutputStream();
        out.write(0); // not a daemon
        out.write(0); // log to the console
        out.write(0); // no pid file
        text(out, "org.elasticsearch.common.settings.KeyStoreWrapper");
        out.write(new byte[] {0, 0, 0, 6}); // keystore format version
        out.write(0); // no password
        out.write(0); // no data
        number(out, 0); // no entries
        out.write(0); // open
        number(out, settings.size());
        for (var setting : settings.entrySet()) {
            text(out, setting.getKey());
            out.write(0); // a string follows
            text(out, setting.getValue());
        }
        text(out, files.config.toString());
        text(out, files.logs.toString());
        return out.toByteArray();
    }

    /// Elasticsearch refuses root. In a user namespace the node is nobody to itself and still reads this user's files;
    /// where namespaces are forbidden, it becomes the user nobody. A session of its own keeps a terminal's Ctrl-C away:
    /// the server stops it last.
    private static List<String> wrapper(NodeFiles files) throws IOException {
        var wrapper = new ArrayList<String>();
        if (works("setsid", "true")) {
            wrapper.add("setsid");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return wrapper;
        }
        if (works("unshare", "-U", "--map-user=65534", "--map-group=65534", "true")) {
            wrapper.addAll(List.of("unshare", "-U", "--map-user=65534", "--map-group=65534"));
        } else if (works("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true")) {
            works("chown", "-R", "65534:65534", String.valueOf(files.config.getParent()));
            wrapper.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"));
        } else {
            throw new ConfigurationRefused("Elasticsearch does not run as root, and neither unshare nor setpriv works here.",
                    "Run the server as an ordinary user, or set THROUGHLINE_ELASTICSEARCH_URL.");
        }
        return wrapper;
    }

    private static boolean works(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before Elasticsearch started", stop);
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static Path entitlementBridge(Path lib) throws IOException {
        try (var jars = Files.list(lib.resolve("entitlement-bridge"))) {
            return jars.filter(it -> it.toString().endsWith(".jar")).findFirst()
                    .orElseThrow(() -> new IOException("no entitlement bridge in " + lib));
        }
    }

    private static void number(OutputStream out, int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /// Characters outside ASCII are encoded as in Java's modified UTF-8, their count is in UTF-16 units.
    private static void text(OutputStream out, String value) throws IOException {
        number(out, value.length());
        for (char c : value.toCharArray()) {
            if (c < 0x80) {
                out.write(c);
            } else if (c < 0x800) {
                out.write(0xc0 | c >> 6);
                out.write(0x80 | c & 0x3f);
            } else {
                out.write(0xe0 | c >> 12);
                out.write(0x80 | c >> 6 & 0x3f);
                out.write(0x80 | c & 0x3f);
            }
        }
    }
}
