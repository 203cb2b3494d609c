/** Invariants checked in production. */
@NullMarked
package io.tollgate.support.audit;

import org.jspecify.annotations.NullMarked;
