/// Rolls engagement up to indicators, explains changes and simulates alternatives.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "strategy", "delivery", "engagement"})
package io.throughline.outcome;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
