/// Keeps items, drafts and immutable versions of typed Markdown content, and renders and compares them.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy"})
package io.throughline.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
