/// Sets of ordinals as bits, in pages that are copied when they are written: what makes a pass over a million publications short. Knows nothing
/// of publications.
@NullMarked
@NamedInterface("bits")
package io.throughline.catalogue.bits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
