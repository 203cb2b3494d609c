/** Notices as signed webhooks of customers (Standard Webhooks), beside inbox and e-mail. */
@NullMarked
package io.tollgate.notification.webhook;

import org.jspecify.annotations.NullMarked;
