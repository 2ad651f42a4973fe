/// The one client with which the server calls addresses that people typed in (S18).
@NullMarked
@ApplicationModule(allowedDependencies = "shared")
package io.throughline.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
