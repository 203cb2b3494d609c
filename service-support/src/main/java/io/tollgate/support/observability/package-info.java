/** What shows from outside: invariants checked in production, and gauges whose names are API. */
@NullMarked
package io.tollgate.support.observability;

import org.jspecify.annotations.NullMarked;
