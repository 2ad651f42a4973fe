package io.throughline.ingest.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/// Reads single named parts of a package in memory. Nothing is ever unpacked to disk, so no name in it can
/// become a path (S19), and parts nobody asks for (macros, embedded files) are never even inflated (S20).
final class ZipParts implements AutoCloseable {

    private static final int MOST_ENTRIES = 10_000;
    private final ZipFile zip;
    private final ParseBudget budget;

    private ZipParts(ZipFile zip, ParseBudget budget) {
        this.zip = zip;
        this.budget = budget;
    }

    static ZipParts open(byte[] bytes, ParseBudget budget) {
        try {
            var zip = ZipFile.builder()
                    .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                    .setIgnoreLocalFileHeader(true)
                    .get();
            var parts = new ZipParts(zip, budget);
            parts.countEntries();
            return parts;
        } catch (IOException e) {
            throw Refused.broken("The file is a package (zip) that is damaged or cut off.");
        }
    }

    private void countEntries() {
        var count = 0;
        for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); all.nextElement()) {
            if (++count > MOST_ENTRIES) {
                throw Refused.tooComplex("It is a package of more than %d parts.".formatted(MOST_ENTRIES));
            }
        }
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    boolean hasUnder(String folder) {
        for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
            if (all.nextElement().getName().startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    @Nullable XmlElement xml(String name) {
        var bytes = read(name);
        return bytes == null ? null : Xml.read(bytes, budget);
    }

    byte @Nullable [] read(String name) {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return null;
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refused.protectedFile();
        }
        var out = new ByteArrayOutputStream();
        var buffer = new byte[16 * 1024];
        try (var in = zip.getInputStream(entry)) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                budget.spendUnpacked(read, out.size(), entry.getCompressedSize());
            }
        } catch (IOException e) {
            throw Refused.broken("A part of the package is damaged.");
        }
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
