package io.tollgate.client.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** The total of one series in one window, as known now. */
public record Usage(
    String instance,
    String product,
    String meter,
    String unit,
    Map<String, String> dimensions,
    String granularity,
    Instant windowStart,
    Instant windowEnd,
    BigDecimal quantity,
    long eventCount,
    int revision,
    String state) {}
