/// Shows people what a channel gets, now and at the moments at which that changed.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "taxonomy", "catalogue", "delivery.edge", "delivery.sets"})
package io.throughline.delivery.inspection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
