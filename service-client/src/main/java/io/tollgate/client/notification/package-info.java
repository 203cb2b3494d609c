/** Notices and the inboxes of accounts. */
@NullMarked
package io.tollgate.client.notification;

import org.jspecify.annotations.NullMarked;
