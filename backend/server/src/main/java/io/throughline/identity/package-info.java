/// Knows people, their roles and scopes, API clients and the credentials they sign with.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "audit"})
package io.throughline.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
