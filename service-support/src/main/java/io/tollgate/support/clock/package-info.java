/** Business time: the system clock or a persisted test clock, its settle checks and its driver. */
@NullMarked
package io.tollgate.support.clock;

import org.jspecify.annotations.NullMarked;
