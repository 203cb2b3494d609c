package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.model.BillId;
import io.tollgate.model.ProductId;
import java.util.Map;

/**
 * The policies by which an account is booked in one transaction.
 *
 * @param penalties how its penalties accrue
 * @param order which part of a bill money pays first that comes in now (C2.2)
 * @param products the product of each unpaid bill, on which its penalty rate depends; bookings add
 *     to it
 */
record AccountTerms(
    PenaltyTerms penalties, AllocationOrder order, Map<BillId, ProductId> products) {}
