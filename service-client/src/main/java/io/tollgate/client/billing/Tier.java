package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.util.Optional;

/** A tier of a graduated or volume price. */
public record Tier(Optional<BigDecimal> upTo, BigDecimal unitPrice) {}
