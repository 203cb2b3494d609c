/** Commands as signed webhooks (Standard Webhooks), beside the events that always carry them. */
@NullMarked
package io.tollgate.account.webhooks;

import org.jspecify.annotations.NullMarked;
