/// What is published, in memory, at a sequence: the publications of each market with their facets, moved on by the log of changes, and the one home of the
/// rules of serving. Owns no table; reads those of `publication`.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "taxonomy", "content", "strategy", "publication"})
package io.throughline.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
