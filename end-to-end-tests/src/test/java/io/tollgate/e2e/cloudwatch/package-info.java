/** Recorded series of a real cloud, counted and charged as an independent recomputation says. */
@NullMarked
package io.tollgate.e2e.cloudwatch;

import org.jspecify.annotations.NullMarked;
