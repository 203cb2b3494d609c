package io.tollgate.client.billing;

import io.tollgate.client.Amount;

/** What a payment was used for; the parts add up to its amount. */
public record Allocation(Amount toPrincipal, Amount toPenalty, Amount toCredit, Amount toFunds) {}
