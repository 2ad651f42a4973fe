/// Keeps the append-only, hash-chained trail of who did what, written in the transaction of the act.
@NullMarked
@ApplicationModule(allowedDependencies = "shared")
package io.throughline.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
