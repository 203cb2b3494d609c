/** Tests of the rules of inbox. */
@NullMarked
package io.tollgate.notification.inbox;

import org.jspecify.annotations.NullMarked;
