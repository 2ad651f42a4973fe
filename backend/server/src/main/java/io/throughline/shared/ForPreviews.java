package io.throughline.shared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Whoever holds a valid preview token may call this; neither channels' keys nor people's sessions count here.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForPreviews {}
