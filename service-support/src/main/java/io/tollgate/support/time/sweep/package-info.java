/** Time-driven work: idempotent batches up to a business instant. */
@NullMarked
package io.tollgate.support.time.sweep;

import org.jspecify.annotations.NullMarked;
