/// Tells channel apps of changes by signed webhooks, and keeps who has confirmed a recall.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "publication", "catalogue", "outbound"})
package io.throughline.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
