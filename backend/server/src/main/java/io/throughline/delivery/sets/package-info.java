/// Content sets: compiles the context, has candidates chosen, writes the set with its receipt; now or at a past moment.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "taxonomy", "content", "strategy", "catalogue", "catalogue :: bits", "delivery", "delivery.edge", "delivery.items", "delivery.choice", "delivery.demand"})
package io.throughline.delivery.sets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
