/// Turns documents of other systems into drafts and references, as jobs that can be resumed.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "evidence"})
package io.throughline.ingest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
