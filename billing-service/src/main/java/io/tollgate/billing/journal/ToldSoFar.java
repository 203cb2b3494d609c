package io.tollgate.billing.journal;

import java.time.Instant;
import java.util.List;

/**
 * What others know of an account's debt.
 *
 * @param debtUpTo bills that fell due by then were stated as owed
 * @param arrears the products that are known to be in arrears
 */
record ToldSoFar(Instant debtUpTo, List<Told> arrears) {}
