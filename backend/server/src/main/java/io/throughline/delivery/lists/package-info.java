/// Lists of items by filter, text, ids or keys, paged over a pinned sequence.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "publication", "catalogue", "delivery", "delivery.edge", "delivery.items"})
package io.throughline.delivery.lists;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
