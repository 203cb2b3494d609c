package io.tollgate.client;

import java.math.BigDecimal;

/**
 * An amount of money.
 *
 * @param amount an exact decimal with 6 fraction digits
 * @param currency ISO 4217, e.g. {@code CNY}
 */
public record Amount(BigDecimal amount, String currency) {}
