package io.throughline.bench;

import io.throughline.shared.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Load from [wrk](https://github.com/wg/wrk), a process of its own beside the server, for a bounded time.
final class Wrk {

    /// One path over and over; wrk sends the same bytes without asking the script.
    private static final String REPORT = """
            function done(summary, latency, requests)
              io.write(string.format('\\n{"requests":%d,"micros":%d,"bytes":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d,"max":%d}\\n',
                summary.requests, summary.duration, summary.bytes, summary.errors.status,
                summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
                latency:percentile(50), latency:percentile(99), latency.max))
            end
            """;

    /// Each line of a file once, in its order.
    private static final String LINES = """
            local paths, at = {}, 0
            function init(args)
              for line in io.lines(args[1]) do paths[#paths + 1] = line end
            end
            function request()
              at = at % #paths + 1
              return wrk.format("GET", paths[at])
            end
            """ + REPORT;

    /// Each line of a file once, in its order, as the body of a POST to one path.
    private static final String BODIES = """
            local bodies, at, path = {}, 0, ""
            function init(args)
              path = args[2]
              wrk.headers["Content-Type"] = "application/json"
              for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
            end
            function request()
              at = at % #bodies + 1
              return wrk.format("POST", path, nil, bodies[at])
            end
            """ + REPORT;

    /// Another password and another address with each request; the server takes the forwarded address from this machine.
    private static final String GUESSES = """
            local at = 0
            wrk.headers["Content-Type"] = "application/json"
            function request()
              at = at + 1
              wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.floor(at / 62500) % 250, math.floor(at / 250) % 250, at % 250)
              return wrk.format("POST", "/manage/v1/session", nil, '{"username":"guess.' .. at .. '","password":"wrong password ' .. at .. '"}')
            end
            """ + REPORT;

    /// Times in microseconds. `refused` are answers of 400 and above, `broken` are connections.
    record Result(long requests, double perSecond, long bytes, long refused, long broken, long p50, long p99, long max) {}

    private final String server;
    private final String key;
    private final Path directory;

    /// @throws IllegalStateException with a sentence to act on when wrk is not installed
    Wrk(int port, String key, Path directory) throws IOException {
        this.server = "http://127.0.0.1:" + port;
        this.key = key;
        this.directory = directory;
        Files.writeString(directory.resolve("one.lua"), REPORT);
        Files.writeString(directory.resolve("lines.lua"), LINES);
        Files.writeString(directory.resolve("bodies.lua"), BODIES);
        Files.writeString(directory.resolve("guesses.lua"), GUESSES);
    }

    static void requireInstalled() {
        try {
            new ProcessBuilder("wrk", "-v").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException missing) {
            throw new IllegalStateException("The benchmark drives its load with wrk, which is not on the path: install it, on Debian with `apt-get install wrk`.");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    Result one(String path, int connections, Duration duration) throws IOException {
        return finish(start(path, connections, duration), duration);
    }

    Result lines(List<String> paths, int connections, Duration duration) throws IOException {
        return eachOnce(paths, warmUp(paths, connections, duration));
    }

    /// Like [#lines], but goes round when it has come to the end.
    Result warmUp(List<String> paths, int connections, Duration duration) throws IOException {
        var file = Files.write(directory.resolve("paths.txt"), paths);
        var command = command(connections, duration, "lines.lua");
        command.addAll(List.of(server + "/", "--", file.toString()));
        return finish(run(command), duration);
    }

    /// @param other another server, and the path there
    Result bodies(URI other, List<String> bodies, int connections, Duration duration) throws IOException {
        return eachOnce(bodies, warmUp(other, bodies, connections, duration));
    }

    /// Like [#bodies], but goes round when it has come to the end.
    Result warmUp(URI other, List<String> bodies, int connections, Duration duration) throws IOException {
        return warmUp(other, bodies, connections, duration, Map.of("Authorization", "Bearer " + key));
    }

    /// @param headers that each request carries
    Result warmUp(URI other, List<String> bodies, int connections, Duration duration, Map<String, String> headers) throws IOException {
        var file = Files.write(directory.resolve("bodies.txt"), bodies);
        var command = command(connections, duration, "bodies.lua", headers);
        command.addAll(List.of(other.resolve("/").toString(), "--", file.toString(), other.getPath()));
        return finish(run(command), duration);
    }

    private static Result eachOnce(List<String> paths, Result result) {
        if (result.requests() > paths.size()) {
            throw new IllegalStateException("%d requests but only %d different paths; give more".formatted(result.requests(), paths.size()));
        }
        return result;
    }

    /// Load in the background; ends by itself after the duration.
    Process start(String path, int connections, Duration duration) throws IOException {
        var command = command(connections, duration, "one.lua");
        command.add(server + path);
        return run(command);
    }

    /// People's passwords tried in the background.
    ///
    /// @param headers that a browser without a session sends
    Process guesses(Map<String, String> headers, int connections, Duration duration) throws IOException {
        var command = command(connections, duration, "guesses.lua", headers);
        command.add(server + "/");
        return run(command);
    }

    private List<String> command(int connections, Duration duration, String script) {
        return command(connections, duration, script, Map.of("Authorization", "Bearer " + key));
    }

    private List<String> command(int connections, Duration duration, String script, Map<String, String> headers) {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + duration.toSeconds() + "s", "--timeout", "5s",
                "-s", directory.resolve(script).toString()));
        headers.forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        return command;
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static Result finish(Process process, Duration duration) throws IOException {
        try {
            if (!process.waitFor(duration.toSeconds() + 30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("wrk did not end in time");
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
        var output = new String(process.getInputStream().readAllBytes());
        JsonNode counted = output.lines().filter(line -> line.startsWith("{")).findFirst().map(Json::parse)
                .orElseThrow(() -> new IllegalStateException("wrk failed: " + output));
        long requests = counted.path("requests").asLong();
        return new Result(requests, requests / (counted.path("micros").asLong() / 1e6), counted.path("bytes").asLong(), counted.path("refused").asLong(),
                counted.path("broken").asLong(), counted.path("p50").asLong(), counted.path("p99").asLong(), counted.path("max").asLong());
    }
}
