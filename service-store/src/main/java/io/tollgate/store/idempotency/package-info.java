/** A request that moves money takes effect once, however often it is sent. */
@NullMarked
package io.tollgate.store.idempotency;

import org.jspecify.annotations.NullMarked;
