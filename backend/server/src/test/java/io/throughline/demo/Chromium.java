package io.throughline.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The browser for the tests that need a real one.
final class Chromium {

    private static final long INSTALL_MINUTES = 5;

    private Chromium() {}

    /// The program; installed first where this process may do so (Debian and its relatives, as root).
    ///
    /// @throws IllegalStateException if there is none, in one sentence that says what to do
    static Path find() throws IOException, InterruptedException {
        var found = installed();
        if (found.isEmpty() && mayInstall()) {
            run("apt-get", "update");
            run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
            found = installed();
        }
        return found.orElseThrow(() -> new IllegalStateException(
                "No Chromium was found: install the package chromium, or set CHROMIUM_PATH to the program of a Chromium or Chrome."));
    }

    private static Optional<Path> installed() {
        var chosen = System.getenv("CHROMIUM_PATH");
        return Stream.of(chosen == null ? "" : chosen, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(it -> !it.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean mayInstall() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/apt-get"));
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
