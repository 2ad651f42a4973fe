package io.throughline.shared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The answer has a secret that is in no later one. Nothing keeps a copy of it: who asks a second time with the same
/// `Idempotency-Key` hears that it was done, and no secret.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ShownOnce {}
