/** Meters: immutable versions on a compacted topic. */
@NullMarked
package io.tollgate.metering.meter;

import org.jspecify.annotations.NullMarked;
