/** Traces: which request caused what, over the services. Off by default (docs/observing.md). */
@NullMarked
package io.tollgate.support.tracing;

import org.jspecify.annotations.NullMarked;
