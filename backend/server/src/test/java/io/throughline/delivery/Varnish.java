package io.throughline.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real Varnish on the loopback interface with the VCL of `examples/cdn`.
final class Varnish implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/varnishd");
    private static final long INSTALL_MINUTES = 3;

    private final Process process;
    private final int port;

    private Varnish(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Empty where there is none and none can be installed (only Debian and its relatives, as root).
    static Optional<Varnish> start(int backend, Path folder) throws IOException, InterruptedException {
        if (!hasAll() && "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            run("apt-get", "update");
            run("apt-get", "install", "-y", "--no-install-recommends", "varnish", "varnish-modules");
        }
        if (!hasAll()) {
            return Optional.empty();
        }
        var configuration = folder.resolve("throughline.vcl");
        Files.writeString(configuration, Files.readString(Path.of("..", "..", "examples", "cdn", "throughline.vcl"))
                .replace(".port = \"8080\"", ".port = \"" + backend + "\""));
        int port = freePort();
        var log = folder.resolve("varnish.log").toFile();
        var process = new ProcessBuilder(PROGRAM.toString(), "-F", "-n", folder.resolve("work").toString(), "-a", "127.0.0.1:" + port, "-s", "malloc,16m",
                "-j", "none", "-f", configuration.toString()).redirectErrorStream(true).redirectOutput(log).start();
        var varnish = new Varnish(process, port);
        for (int i = 0; i < 300; i++) {
            if (!process.isAlive()) {
                throw new IOException("Varnish ended: " + Files.readString(log.toPath()));
            }
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return Optional.of(varnish);
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        varnish.close();
        throw new IOException("Varnish did not start: " + Files.readString(log.toPath()));
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasAll() throws IOException {
        if (!Files.isExecutable(PROGRAM) || !Files.isDirectory(Path.of("/usr/lib"))) {
            return false;
        }
        try (var files = Files.find(Path.of("/usr/lib"), 4, (path, _) -> path.getFileName().toString().equals("libvmod_xkey.so"))) {
            return files.findAny().isPresent();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        var process = builder.start();
        if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
