package io.tollgate.store.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A webhook as shown; its secrets never are.
 *
 * @param url where messages are posted
 * @param publicKey verifies asymmetric signatures
 * @param previousSecretUntil until when the secret before signs too
 * @param previousKeyUntil until when the asymmetric key before signs too
 * @param pausedUntil nothing is posted before, as the receiver asked
 * @param disabledAt when the receiver answered 410: nothing is posted until it is registered again
 */
public record WebhookView(
    URI url,
    Optional<String> publicKey,
    Optional<Instant> previousSecretUntil,
    Optional<Instant> previousKeyUntil,
    Optional<Instant> pausedUntil,
    Optional<Instant> disabledAt) {}
