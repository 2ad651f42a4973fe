/// Chooses and ranks candidates for the slots of a set. Pure: the same context and candidates give the same set, whatever the clock says.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "content", "publication", "catalogue", "catalogue :: bits"})
package io.throughline.delivery.choice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
