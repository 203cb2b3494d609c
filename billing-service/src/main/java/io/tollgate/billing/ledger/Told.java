package io.tollgate.billing.ledger;

import io.tollgate.model.BillId;
import java.time.Instant;

/**
 * The arrears that others were told of.
 *
 * @param bill the earliest unpaid bill
 * @param dueAt when it fell due
 */
record Told(BillId bill, Instant dueAt) {}
