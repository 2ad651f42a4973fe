/// Takes in what readers did with delivered content, within consent and contact budgets.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "delivery", "publication", "catalogue", "strategy"})
package io.throughline.engagement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
