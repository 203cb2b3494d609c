package io.tollgate.store.webhook;

import java.net.URI;

/**
 * Where an owner's messages are posted, and what signs them.
 *
 * @param owner whose: a platform or an account
 * @param url as {@link WebhookUrl} allows it; redirects are never followed
 * @param keys at least one
 */
record Endpoint(String owner, URI url, SigningKeys keys) {}
