package io.tollgate.billing.journal;

import io.tollgate.model.BillId;
import io.tollgate.model.ProductId;
import java.time.Instant;

/**
 * The arrears of one product as they were published.
 *
 * @param product what is owed for
 * @param bill its earliest unpaid bill
 * @param dueAt when that fell due
 */
record ProductArrears(ProductId product, BillId bill, Instant dueAt) {}
