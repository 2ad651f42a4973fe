/// Hands what is published to channels: items, lists, sets, sync, previews. What other modules may use stands here; its parts are modules of their own.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "content"})
package io.throughline.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
