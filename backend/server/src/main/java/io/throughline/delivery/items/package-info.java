/// One item as a channel gets it, and the documents of all of them, in memory and in the node's file.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "publication", "catalogue", "delivery.edge"})
package io.throughline.delivery.items;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
