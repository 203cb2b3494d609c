/** Business time: the system clock or a persisted test clock, and what must be settled for it. */
@NullMarked
package io.tollgate.support.time;

import org.jspecify.annotations.NullMarked;
