package io.throughline.ingest.document;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks the compressed streams of a PDF once, counting only, before the PDF library holds them in memory:
/// a few kilobytes can unpack to gigabytes (S31). Pictures are passed over, because their streams are never opened.
final class PdfStreams {

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int DICTIONARY = 600;

    private PdfStreams() {}

    static void check(byte[] bytes, ParseBudget budget) {
        var buffer = new byte[64 * 1024];
        for (var at = indexOf(bytes, 0); at >= 0; at = indexOf(bytes, at + STREAM.length)) {
            var data = at + STREAM.length;
            if (data < bytes.length && bytes[data] == '\r') {
                data++;
            }
            if (data < bytes.length && bytes[data] == '\n') {
                data++;
            }
            // `endstream` ends in the same letters.
            if (at >= 3 && bytes[at - 1] == 'd' || data >= bytes.length) {
                continue;
            }
            var from = Math.max(0, at - DICTIONARY);
            var before = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
            var dictionary = before.substring(Math.max(0, before.lastIndexOf(" obj")));
            if (dictionary.split("FlateDecode|/Fl\\b|LZWDecode|/LZW\\b", -1).length > 2) {
                throw Refused.tooComplex("A part of it is compressed twice.");
            }
            if (!dictionary.contains("/Image") || dictionary.contains("/ImageB")) {
                count(bytes, data, buffer, budget);
            }
        }
    }

    private static void count(byte[] bytes, int from, byte[] buffer, ParseBudget budget) {
        var inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            while (!inflater.finished() && !inflater.needsInput() && !inflater.needsDictionary()) {
                var read = inflater.inflate(buffer);
                budget.spendUnpacked(read, inflater.getBytesWritten(), inflater.getBytesRead());
                if (read == 0) {
                    break;
                }
            }
        } catch (DataFormatException e) {
            // Not a deflated stream: nothing here can grow.
            budget.checkTime();
        } finally {
            inflater.end();
        }
    }

    private static int indexOf(byte[] bytes, int from) {
        outer:
        for (var i = from; i <= bytes.length - STREAM.length; i++) {
            for (var j = 0; j < STREAM.length; j++) {
                if (bytes[i + j] != STREAM[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
