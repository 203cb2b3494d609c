/** Tests of the rules of trigger. */
@NullMarked
package io.tollgate.notification.trigger;

import org.jspecify.annotations.NullMarked;
