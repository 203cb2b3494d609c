package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.util.Optional;

/** A part of a line: free units, or a part of the price. */
public record Leg(
    String kind,
    Optional<BigDecimal> quantity,
    Optional<BigDecimal> unitPrice,
    Optional<BigDecimal> amount) {}
