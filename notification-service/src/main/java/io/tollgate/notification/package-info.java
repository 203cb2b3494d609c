/**
 * The notification service: in-station messages, e-mail, announcements, gated notices and their
 * proof.
 */
@NullMarked
package io.tollgate.notification;

import org.jspecify.annotations.NullMarked;
