package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A line of a bill, with the way it was rated. */
public record Line(
    int number,
    String kind,
    String product,
    Instant cycleStart,
    Optional<String> instance,
    Optional<String> meter,
    Optional<Map<String, String>> dimensions,
    Optional<Instant> windowStart,
    Optional<Instant> windowEnd,
    Optional<Integer> revision,
    Optional<BigDecimal> quantity,
    BigDecimal amount,
    Rating rated) {}
