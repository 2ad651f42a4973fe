/// Publishes and withdraws approved versions and hands them to channels: items, sets, sync and webhooks.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "audit", "taxonomy", "content", "evidence", "review", "strategy"})
package io.throughline.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
