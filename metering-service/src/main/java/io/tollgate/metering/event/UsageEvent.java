package io.tollgate.metering.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A usage event as posted: its attributes, and where its data lies in its bytes.
 *
 * @param source the CloudEvents source
 * @param instance the CloudEvents subject: the instance that was used
 * @param id the event's id; (source, subject, id) is its identity
 * @param type the CloudEvents type, which meters count
 * @param time when it was used
 * @param bytes the event's bytes
 * @param data the bytes in which the data lies: the event's, or others where it was posted in
 *     base64
 * @param dataOffset where the data begins in them
 * @param dataLength how long the data is; 0 without data
 * @param identity hash of the identity
 * @param payloadHash hash of what the event says: type, time and data
 * @param found what pointers led to while the event was read; null where nobody asked, or where the
 *     type came after the data
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UsageEvent(
    String source,
    String instance,
    String id,
    String type,
    Instant time,
    byte[] bytes,
    byte[] data,
    int dataOffset,
    int dataLength,
    Identity identity,
    long payloadHash,
    Pointers.@Nullable Found found) {}
