package io.tollgate.store.consumer;

import java.time.Instant;

/**
 * An account whose records could not be applied, so that its later records are queued.
 *
 * @param account the account
 * @param consumer the consumer it is parked for
 * @param cause the last failure, in one line
 * @param parkedAt business instant at which it was parked
 * @param attempts how often applying failed
 * @param waiting records in its queue
 */
public record ParkedAccount(
    String account, String consumer, String cause, Instant parkedAt, int attempts, long waiting) {}
