/**
 * Signed webhooks (Standard Webhooks): endpoints and their keys, a queue with retries for three
 * days, a log of every attempt, and replay. A service that imports {@link
 * io.tollgate.store.webhook.WebhookConfiguration} has the tables in its own migrations, queues
 * messages in the transaction that causes them, and maps the routes.
 */
@NullMarked
package io.tollgate.store.webhook;

import org.jspecify.annotations.NullMarked;
