/** Business time in the log: the stored clock and the ticks. */
@NullMarked
package io.tollgate.metering.tick;

import org.jspecify.annotations.NullMarked;
