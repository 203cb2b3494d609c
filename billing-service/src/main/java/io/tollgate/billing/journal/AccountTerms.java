package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.model.BillId;
import io.tollgate.model.ProductId;
import java.util.Map;

/**
 * By which policy an account is booked.
 *
 * @param penalties what a day's penalty costs it
 * @param order what money that comes in now pays first
 * @param products what each of its open bills is for; grows with what is booked, and the penalties
 *     of a bill depend on it
 */
record AccountTerms(
    PenaltyTerms penalties, AllocationOrder order, Map<BillId, ProductId> products) {}
