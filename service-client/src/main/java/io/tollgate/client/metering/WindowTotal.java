package io.tollgate.client.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** A total of a window that includes an event, beside others. */
public record WindowTotal(
    String meter,
    Map<String, String> dimensions,
    String granularity,
    Instant windowStart,
    Instant windowEnd,
    BigDecimal quantity,
    int revision) {}
