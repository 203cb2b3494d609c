/** Tests of the whole notification service. */
@NullMarked
package io.tollgate.notification;

import org.jspecify.annotations.NullMarked;
