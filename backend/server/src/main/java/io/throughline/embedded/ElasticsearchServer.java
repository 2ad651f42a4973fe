package io.throughline.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Elasticsearch node in a process of its own, on the loopback interface, without security.
///
/// It ends when its standard input does, so it never outlives this process, whatever ends this process.
public final class ElasticsearchServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchServer.class);
    private static final int READY = 0x18;
    private static final int SHUT_DOWN = 0x1b;

    private final Process process;
    private final int port;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    private ElasticsearchServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts the node and returns at once; [#await] tells when it answers.
    ///
    /// @param home      the unpacked distribution, only read
    /// @param directory configuration, data and logs of this node
    public static ElasticsearchServer start(Path home, Path directory) throws IOException {
        return start(home, directory, List.of());
    }

    /// @param options for its JVM, stronger than those that make it start quickly
    public static ElasticsearchServer start(Path home, Path directory, List<String> options) throws IOException {
        var files = ElasticsearchLaunch.prepare(home, directory);
        awaitPredecessor(files);
        int port = freePort();
        var builder = new ProcessBuilder(ElasticsearchLaunch.command(home, files, options))
                .directory(files.logs().toFile())
                .redirectOutput(Redirect.to(files.logs().resolve("stdout.log").toFile()));
        builder.environment().clear();
        builder.environment().putAll(ElasticsearchLaunch.environment(files));
        var process = builder.start();
        Files.writeString(files.pid(), Long.toString(process.pid()));
        var server = new ElasticsearchServer(process, port);
        Thread.ofVirtual().name("elasticsearch-stderr").start(() -> server.watch(files.logs().resolve("stderr.log")));
        OutputStream arguments = process.getOutputStream();
        arguments.write(ElasticsearchLaunch.arguments(home, files, port));
        arguments.flush();
        return server;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Waits until the node answers.
    ///
    /// @return false when it ended or did not answer in time; its logs say why
    public boolean await(Duration patience) {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        try (var input = process.getOutputStream()) {
            if (process.isAlive()) {
                input.write(SHUT_DOWN);
                input.flush();
            }
        } catch (IOException alreadyGone) {
            LOG.debug("Elasticsearch was gone before it was asked to stop", alreadyGone);
        }
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// The node writes one control character when it serves; everything else goes to the log. Reading on keeps its pipe free.
    private void watch(Path log) {
        try (InputStream errors = process.getErrorStream(); var copy = Files.newOutputStream(log)) {
            for (int next = errors.read(); next != -1; next = errors.read()) {
                if (next == READY) {
                    ready.complete(true);
                } else {
                    copy.write(next);
                }
            }
        } catch (IOException broken) {
            LOG.debug("Elasticsearch's error output broke off", broken);
        }
        if (!ready.complete(false) && process.isAlive()) {
            LOG.debug("Elasticsearch closed its error output");
        }
    }

    /// A node whose server was killed needs a moment to end; until then it holds the lock of its data.
    private static void awaitPredecessor(ElasticsearchLaunch.NodeFiles files) throws IOException {
        if (!Files.exists(files.pid())) {
            return;
        }
        var pid = Files.readString(files.pid()).strip();
        var predecessor = Optional.of(pid).filter(it -> it.matches("\\d{1,10}"))
                .flatMap(it -> ProcessHandle.of(Long.parseLong(it)))
                .filter(it -> isNodeOf(it, files.tmp()));
        if (predecessor.isEmpty()) {
            return;
        }
        try {
            predecessor.get().onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            LOG.warn("Ending Elasticsearch (process {}), which a killed server left behind", pid);
            predecessor.get().destroyForcibly();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Process numbers are used again; the folder for temporary files is on the command line of our node only.
    private static boolean isNodeOf(ProcessHandle process, Path tmp) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(("-Djava.io.tmpdir=" + tmp)::equals);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
