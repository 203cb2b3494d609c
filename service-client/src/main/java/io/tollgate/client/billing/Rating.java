package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How a line was rated: the legs' amounts and the rounding, less what was charged before, are its
 * amount.
 */
public record Rating(
    Optional<Integer> priceVersion,
    String basis,
    Optional<Counter> counterBefore,
    Optional<Counter> counterAfter,
    List<Leg> legs,
    Optional<BigDecimal> rounding,
    Optional<BigDecimal> rated,
    Optional<BigDecimal> chargedBefore) {}
