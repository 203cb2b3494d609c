/** The in-station inbox: each recipient exactly once, numbered per account. */
@NullMarked
package io.tollgate.notification.inbox;

import org.jspecify.annotations.NullMarked;
