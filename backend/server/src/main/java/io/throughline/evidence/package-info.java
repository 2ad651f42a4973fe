/// Keeps references, their files and anchors, and ties every claim to the place that supports it.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content"})
package io.throughline.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
