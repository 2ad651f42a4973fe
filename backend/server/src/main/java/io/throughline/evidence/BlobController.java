package io.throughline.evidence;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Downloads of stored files. Whatever a file is, a browser only ever saves it (S20).
@RestController
@RequestMapping("/manage/v1")
class BlobController {

    private final Blobs blobs;
    private final FileAccess access;

    BlobController(Blobs blobs, FileAccess access) {
        this.blobs = blobs;
        this.access = access;
    }

    @GetMapping("/blobs/{sha256}")
    @Allowed
    ResponseEntity<InputStreamResource> download(Actor actor, @PathVariable String sha256) {
        var blob = access.find(actor, sha256).orElseThrow(BlobController::missing);
        var content = blobs.open(sha256).orElseThrow(BlobController::missing);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(blob.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(sha256.substring(0, 12)).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .cacheControl(CacheControl.noStore())
                .body(new InputStreamResource(content));
    }

    private static RuntimeException missing() {
        return Problem.NOT_FOUND.because("There is no such file; check its hash.");
    }
}
