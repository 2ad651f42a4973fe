/// Starts PostgreSQL and Elasticsearch beside the server when no real ones are configured.
@NullMarked
@ApplicationModule(allowedDependencies = "shared")
package io.throughline.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
