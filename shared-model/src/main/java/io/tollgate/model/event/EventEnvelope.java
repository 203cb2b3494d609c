package io.tollgate.model.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A CloudEvents 1.0 event around a record of one family.
 *
 * @param id derived from the event's cause, so that the same cause makes the same id
 * @param source the service that says so, e.g. {@code tollgate/billing}
 * @param type the event's type name in its family
 * @param subject the account (or other key) it is about
 * @param time the business instant at which it took effect
 * @param epoch raised when a restored database starts a new history; 0 where there is none
 * @param sequence number of the event among its account's, from 1 without gaps; 0 where there is
 *     none
 * @param traceparent W3C trace context of the cause
 * @param data what happened
 * @param <E> the family
 */
public record EventEnvelope<E>(
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    long epoch,
    long sequence,
    Optional<String> traceparent,
    E data) {}
