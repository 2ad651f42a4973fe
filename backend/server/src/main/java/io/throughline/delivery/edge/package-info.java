/// The HTTP side of every answer to a channel: freshness, caching, conditional requests, compression, surrogate keys, what a credential may read.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "taxonomy", "content", "strategy", "catalogue"})
package io.throughline.delivery.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
