/// Keeps concept schemes in versions: narrower, broader, and counterparts across audiences.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit"})
package io.throughline.taxonomy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
