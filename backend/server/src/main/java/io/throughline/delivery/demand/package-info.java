/// Counts what channels ask for and were given, and tells planned, supply, demand and use of each cell of the framework. Owns the tables of demand.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "strategy", "publication"})
package io.throughline.delivery.demand;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
