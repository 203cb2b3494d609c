package io.tollgate.client.metering;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A version of a meter; it never changes. */
public record Meter(
    String meter,
    int version,
    String eventType,
    String aggregation,
    Optional<String> valuePointer,
    Map<String, String> dimensions,
    String unit,
    List<String> emits,
    Instant effectiveFrom,
    Optional<Withdrawal> withdrawal) {}
