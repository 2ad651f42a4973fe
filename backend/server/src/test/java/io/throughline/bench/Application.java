package io.throughline.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The server in a JVM of its own, with the class path it is shipped with.
final class Application implements AutoCloseable {

    /// Beside the size, as the image starts it.
    private static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g", "-XX:-G1UseAdaptiveIHOP", "-XX:InitiatingHeapOccupancyPercent=65",
            "-XX:+ExitOnOutOfMemoryError");
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final Path log;

    private Application(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static Application start(List<String> settings, Path log) throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var arguments = new ArrayList<>(settings);
        arguments.addAll(List.of("--server.port=" + port, "--throughline.bench=true", "--throughline.proxies=127.0.0.1", "--throughline.rate-limit.requests=1000000000",
                "--throughline.rate-limit.address-requests=1000000000"));
        var jvm = new ArrayList<>(HEAP);
        jvm.addAll(Arrays.stream(System.getProperty("bench.jvm", "").split(" ")).filter(it -> !it.isBlank()).toList());
        var application = new Application(java(jvm, false, "io.throughline.ThroughlineApplication", arguments, log), port, log);
        var deadline = System.nanoTime() + START.toNanos();
        while (!application.isReady() || !application.servesSets()) {
            if (!application.process.isAlive() || System.nanoTime() > deadline) {
                application.close();
                throw new IllegalStateException("the server did not start; " + log + " says why");
            }
            Thread.sleep(250);
        }
        return application;
    }

    /// Runs a main class of the tests to its end.
    static void run(String mainClass, List<String> settings, Path log) throws IOException, InterruptedException {
        var process = java(HEAP, true, mainClass, settings, log);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(mainClass + " failed; " + log + " says why");
        }
    }

    static String heap() {
        return String.join(" ", HEAP.subList(0, 2));
    }

    int port() {
        return port;
    }

    /// The first line of the log that matches, once it is there.
    MatchResult awaitLog(Pattern line, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            var found = line.matcher(Files.readString(log));
            if (found.find()) {
                return found.toMatchResult();
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stop);
            }
        }
        throw new IllegalStateException("the server did not say '" + line + "'; its log is " + log);
    }

    /// Bytes that are in use once a full collection has run.
    long heapInUse() throws IOException {
        jcmd("GC.run");
        var used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd does not tell the heap");
        }
        return Long.parseLong(used.group(1)) << 10;
    }

    private String jcmd(String command) throws IOException {
        var jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()), command)
                .redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes());
    }

    long pid() {
        return process.pid();
    }

    private boolean isReady() {
        try {
            return Client.nobody(port).get("/actuator/health/readiness").statusCode() == 200;
        } catch (java.io.UncheckedIOException notYet) {
            return false;
        }
    }

    /// A large catalogue is still being read when the server is ready for everything else.
    private boolean servesSets() {
        return Client.channel(port, io.throughline.testing.PeopleFixture.WEB_KEY).get(Shelves.HOT_CONTEXT).statusCode() != 503;
    }

    private static Process java(List<String> jvm, boolean withTests, String mainClass, List<String> arguments, Path log) throws IOException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> withTests || !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // settings come as arguments only; the server refuses variables that it does not know
        builder.environment().keySet().removeIf(name -> name.startsWith("THROUGHLINE_"));
        return builder.start();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
