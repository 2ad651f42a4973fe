/// Loads the demo portfolio with its people, only when the server is started with --demo.
@NullMarked
@ApplicationModule(displayName = "Demo portfolio")
package io.throughline.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
