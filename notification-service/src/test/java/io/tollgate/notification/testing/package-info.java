/** A running notification service, and the world around it, for its tests. */
@NullMarked
package io.tollgate.notification.testing;

import org.jspecify.annotations.NullMarked;
