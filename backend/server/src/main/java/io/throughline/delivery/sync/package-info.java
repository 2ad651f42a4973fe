/// Keeps a channel's copy of the catalogue equal to what it could list.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "catalogue", "delivery.edge", "delivery.items", "delivery.lists"})
package io.throughline.delivery.sync;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
