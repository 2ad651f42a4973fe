/// What every module speaks: ids, problems, pages, the clock's precision, canonical JSON and hashing.
@NullMarked
@ApplicationModule(type = ApplicationModule.Type.OPEN, allowedDependencies = {})
package io.throughline.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
