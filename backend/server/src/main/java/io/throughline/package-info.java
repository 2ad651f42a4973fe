/// Throughline: scientific content that can be followed from evidence to outcome.
@NullMarked
package io.throughline;

import org.jspecify.annotations.NullMarked;
