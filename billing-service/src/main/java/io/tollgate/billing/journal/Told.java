package io.tollgate.billing.journal;

import io.tollgate.model.BillId;
import io.tollgate.model.ProductId;
import java.time.Instant;

/**
 * The arrears of one product that others were told of.
 *
 * @param product what is owed for
 * @param bill its earliest unpaid bill
 * @param dueAt when that fell due
 */
record Told(ProductId product, BillId bill, Instant dueAt) {}
