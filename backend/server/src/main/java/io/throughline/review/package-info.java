/// Circulates versions to reviewers and keeps their annotations, verdicts and signatures.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "evidence"})
package io.throughline.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
