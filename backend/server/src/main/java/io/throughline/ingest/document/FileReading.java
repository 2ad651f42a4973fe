package io.throughline.ingest.document;

import io.throughline.ingest.document.ParseRefusal.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells the format by content, never by name (S20), and hands the bytes to its reader.
final class FileReading {

    private static final int HEAD = 4096;
    private static final Pattern HTML = Pattern.compile("(?is)<(?:!doctype\\s+html|html|head|body|meta|title|h[1-6]|p|div|table)\\b");
    private static final Pattern XML_ROOT = Pattern.compile("(?s)<([A-Za-z_][\\w.-]*:)?([A-Za-z_][\\w.-]*)");

    private FileReading() {}

    static ParsedDocument read(byte[] bytes, String fileName, ParseBudget budget) throws IOException {
        var read = switch (format(bytes)) {
            case JATS -> JatsReader.read(Xml.read(bytes, budget));
            case DOCX -> DocxReader.read(bytes, budget);
            case PDF -> PdfReader.read(bytes, budget);
            case HTML -> HtmlReader.read(bytes, budget);
        };
        if (read.bodyMarkdown().isEmpty() && read.abstractMarkdown().isEmpty() && read.format() != DocumentFormat.JATS) {
            throw new Refused(
                    Code.DOCUMENT_HAS_NO_TEXT,
                    "No text was found in the file; it may hold only pictures, such as a scan. Run text recognition (OCR) on it, or send the original.");
        }
        return withNameWarning(read, fileName);
    }

    private static DocumentFormat format(byte[] bytes) {
        if (starts(bytes, 'P', 'K', 3, 4)) {
            return DocumentFormat.DOCX;
        }
        if (starts(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw ole(bytes);
        }
        // Some producers put a few bytes before the header; PDF readers look into the first kilobyte.
        var head = decoded(bytes);
        if (head.substring(0, Math.min(1024, head.length())).contains("%PDF-")) {
            return DocumentFormat.PDF;
        }
        var text = head.stripLeading();
        if (text.startsWith("<")) {
            return markup(text);
        }
        if (text.startsWith("{\\rtf")) {
            throw Refused.unsupported("RTF files are not read.", "Open it in a word processor, save it as .docx and send that.");
        }
        if (head.indexOf('\0') < 0 && HTML.matcher(text).find()) {
            return DocumentFormat.HTML;
        }
        if (text.isEmpty()) {
            throw new Refused(Code.FILE_EMPTY, "The file holds only white space. Check that it was saved completely and send it again.");
        }
        throw Refused.unsupported("The content is not of a format that is read.", "Send JATS XML, DOCX, PDF or HTML.");
    }

    private static DocumentFormat markup(String text) {
        var bare = text.replaceAll("(?s)<\\?.*?\\?>|<!--.*?-->", "").stripLeading();
        if (bare.regionMatches(true, 0, "<!doctype html", 0, 14)) {
            return DocumentFormat.HTML;
        }
        var root = XML_ROOT.matcher(bare.replaceFirst("(?s)^<!DOCTYPE.*?(?:\\[.*?]\\s*)?>", ""));
        var name = root.find() ? root.group(2).toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "html", "head", "body", "meta", "title", "p", "div", "h1", "h2", "h3", "table", "script", "style", "span" -> DocumentFormat.HTML;
            default -> DocumentFormat.JATS;
        };
    }

    private static Refused ole(byte[] bytes) {
        // Encrypted OOXML and rights-managed files are OLE containers with one of these streams; names are UTF-16.
        for (var stream : List.of("EncryptedPackage", "DRMEncrypted", "DRMContent")) {
            if (contains(bytes, stream.getBytes(StandardCharsets.UTF_16LE))) {
                return Refused.protectedFile();
            }
        }
        return Refused.unsupported(
                "It is a file of an old Microsoft Office format (.doc, .xls, .ppt).",
                "Open it, save it as .docx or PDF and send that.");
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        outer:
        for (var i = 0; i <= bytes.length - wanted.length; i++) {
            for (var j = 0; j < wanted.length; j++) {
                if (bytes[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    private static boolean starts(byte[] bytes, int... magic) {
        for (var i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /// The first bytes as text; UTF-16 by its byte order mark, else byte by byte, which is enough for markup.
    private static String decoded(byte[] bytes) {
        var length = Math.min(bytes.length, HEAD * 4);
        if (starts(bytes, 0xFF, 0xFE) || starts(bytes, 0xFE, 0xFF)) {
            return new String(bytes, 0, length, StandardCharsets.UTF_16);
        }
        var skip = starts(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        return new String(bytes, skip, length - skip, StandardCharsets.ISO_8859_1);
    }

    private static ParsedDocument withNameWarning(ParsedDocument read, String fileName) {
        var dot = fileName.lastIndexOf('.');
        var extension = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
        var fits = switch (read.format()) {
            case JATS -> List.of("xml", "nxml", "jats");
            case DOCX -> List.of("docx");
            case PDF -> List.of("pdf");
            case HTML -> List.of("html", "htm", "xhtml");
        };
        if (extension.isEmpty() || fits.contains(extension)) {
            return read;
        }
        var warnings = new ArrayList<>(read.warnings());
        warnings.add("The name ends in “.%s”, but the content is %s and was read as that."
                .formatted(extension.length() > 12 ? extension.substring(0, 12) + "…" : extension, read.format()));
        return read.withWarnings(warnings);
    }
}
