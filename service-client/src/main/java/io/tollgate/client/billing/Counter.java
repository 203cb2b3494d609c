package io.tollgate.client.billing;

import java.math.BigDecimal;

/** What tiers and allowances have counted. */
public record Counter(BigDecimal freeUnits, BigDecimal units, BigDecimal amount) {}
