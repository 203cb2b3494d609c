/** Gauges whose names are API. */
@NullMarked
package io.tollgate.support.metrics;

import org.jspecify.annotations.NullMarked;
