package io.throughline.shared;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A signed-in person with one of the roles may call this; without roles, any signed-in person.
/// A controller method without [Allowed], [ForChannels] or [Open] is refused, and fails the build (S13).
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {
    Role[] value() default {};

    /// Also for a person whose password somebody else set, before they chose one of their own (P11-10).
    boolean beforeOwnPassword() default false;
}
