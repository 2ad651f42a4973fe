package io.throughline.cluster;

import io.throughline.shared.Step;
import io.throughline.testing.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// One server process. It ends with this JVM at the latest.
final class Node implements AutoCloseable {

    static final int KILLED = 137;

    private static final Duration START = Duration.ofSeconds(120);
    private static final Pattern READY = Pattern.compile("Throughline is ready: http://localhost:(\\d+)");

    private final Process process;
    private final Path log;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private Node(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts the process and returns at once; [#port] waits for it.
    static Node start(Map<String, String> settings, Path log) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // short lives: what starts soonest is best
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError",
                "-cp", System.getProperty("java.class.path"), NodeMain.class.getName(), "--server.port=0"));
        new TreeMap<>(settings).forEach((name, value) -> command.add("--" + name + "=" + value));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // settings come as arguments only; the server refuses variables that it does not know
        builder.environment().keySet().removeIf(name -> name.startsWith("THROUGHLINE_"));
        var node = new Node(builder.start(), log);
        Thread.ofVirtual().start(node::read);
        return node;
    }

    private void read() {
        try (var output = process.inputReader(StandardCharsets.UTF_8); var copy = Files.newBufferedWriter(log)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                copy.append(line).append('\n').flush();
                var ready = READY.matcher(line);
                if (ready.find()) {
                    port.complete(Integer.valueOf(ready.group(1)));
                }
            }
        } catch (IOException broken) {
            // the end of the process breaks its pipe
        }
        port.completeExceptionally(new IllegalStateException("the node ended before it was ready; " + log + " says why"));
    }

    int port() {
        try {
            return port.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("no node; " + log + " says why", failed);
        }
    }

    Api api() {
        return Api.of(port());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// From now on the node dies when it comes to the step for the n-th time.
    void haltAt(Step step, int times) throws IOException {
        process.getOutputStream().write("halt %s %d\n".formatted(step, times).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// Whether it died within the time.
    boolean awaitDeath(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    int exitValue() {
        return process.exitValue();
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /// As an administrator would, and if that takes too long, by force.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
