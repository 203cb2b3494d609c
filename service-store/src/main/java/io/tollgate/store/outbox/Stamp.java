package io.tollgate.store.outbox;

import java.util.Optional;

/**
 * What the outbox adds to an event.
 *
 * @param source the writing service, CloudEvents {@code source}
 * @param epoch raised when a restored database starts a new history
 * @param sequence the event's number among its account's on its topic, from 1 without gaps; 0 where
 *     there is none
 * @param traceparent the trace that it is told in, where there is one
 */
public record Stamp(String source, long epoch, long sequence, Optional<String> traceparent) {}
