package io.throughline.ingest.document;

import io.throughline.ingest.document.ParseRefusal.Code;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one file, whatever it holds: the answer is a document or a refusal, in bounded time and memory.
///
/// Each file is read in a thread of its own that is interrupted and given up at the time limit. A reading that was
/// given up keeps its place until it has really ended, so that hostile files can't pile threads up.
/// Safe for use by many threads.
public final class DocumentParser {

    private static final Logger log = LoggerFactory.getLogger(DocumentParser.class);
    private static final long STACK_BYTES = 8L * 1024 * 1024;

    private final ParseLimits limits;
    private final Semaphore places;

    /// @param atOnce files read at the same time, those given up but not yet ended included
    public DocumentParser(ParseLimits limits, int atOnce) {
        this.limits = limits;
        this.places = new Semaphore(atOnce, true);
    }

    /// @param fileName only compared with what the content shows; it never decides and never becomes a path
    public ParseOutcome parse(byte[] bytes, String fileName) {
        if (bytes.length == 0) {
            return new ParseRefusal(Code.FILE_EMPTY, "The file is empty (0 bytes). Check that it was saved completely and send it again.");
        }
        if (bytes.length > limits.bytes()) {
            return new ParseRefusal(
                    Code.FILE_TOO_LARGE,
                    "The file is larger than %d MB. Save it without its pictures or split it, then send it again."
                            .formatted(Math.max(1, limits.bytes() / (1024 * 1024))));
        }
        try {
            if (!places.tryAcquire(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
                return new ParseRefusal(Code.PARSE_TIMEOUT, "Too many files are being read at the moment. Send it again in a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ParseBudget.timeout(limits).refusal();
        }
        return watched(bytes, fileName);
    }

    private ParseOutcome watched(byte[] bytes, String fileName) {
        var task = new FutureTask<ParseOutcome>(() -> {
            try {
                return guarded(bytes, fileName);
            } finally {
                places.release();
            }
        });
        var thread = new Thread(null, task, "ingest-parse", STACK_BYTES, false);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limits.time().toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return ParseBudget.timeout(limits).refusal();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return ParseBudget.timeout(limits).refusal();
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading a file ended in an error nobody expected", e.getCause());
        }
    }

    private ParseOutcome guarded(byte[] bytes, String fileName) {
        try {
            return FileReading.read(bytes, fileName, new ParseBudget(limits));
        } catch (Refused refused) {
            return refused.refusal();
        } catch (StackOverflowError | OutOfMemoryError e) {
            log.warn("A file of {} bytes was given up: {}", bytes.length, e.getClass().getSimpleName());
            return Refused.tooComplex("Reading it needs more memory than is allowed.").refusal();
        } catch (IOException | RuntimeException e) {
            // The libraries that read PDF throw many kinds of exceptions on damaged files.
            log.debug("A file of {} bytes could not be read", bytes.length, e);
            return Refused.broken("The file is damaged or incomplete.").refusal();
        }
    }
}
