/// Shows drafts and versions as a channel would get them, beside delivery and never in its caches.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "taxonomy", "content", "strategy", "publication", "catalogue", "delivery", "delivery.edge", "delivery.items", "delivery.choice", "delivery.sets", "delivery.lists"})
package io.throughline.delivery.previews;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
