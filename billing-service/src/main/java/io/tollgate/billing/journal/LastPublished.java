package io.tollgate.billing.journal;

import java.time.Instant;
import java.util.List;

/**
 * What was last published of an account.
 *
 * @param debtUpTo bills that fell due by then were published as owed
 * @param arrears the products that were published to be in arrears
 */
record LastPublished(Instant debtUpTo, List<ProductArrears> arrears) {}
