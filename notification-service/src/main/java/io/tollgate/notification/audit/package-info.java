/** Invariants of notices. */
@NullMarked
package io.tollgate.notification.audit;

import org.jspecify.annotations.NullMarked;
