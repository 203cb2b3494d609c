/**
 * E-mail beside the inbox: claimed before it is sent, retried within bounds, never in the inbox's
 * way.
 */
@NullMarked
package io.tollgate.notification.email;

import org.jspecify.annotations.NullMarked;
