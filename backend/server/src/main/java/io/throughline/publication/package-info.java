/// Publishes, withdraws and expires approved versions, keeps the document that channels get, and marks what holds a part that changed or left. Owns the
/// publications, the withdrawals, the impacts and the log of changes' entries about them.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "evidence", "review"})
package io.throughline.publication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
