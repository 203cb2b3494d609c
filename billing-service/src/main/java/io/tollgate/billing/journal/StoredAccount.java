package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Books;
import io.tollgate.billing.money.Debt;
import io.tollgate.billing.money.Draw;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * An account as it is stored, from which an {@link OpenAccount} begins.
 *
 * @param id whose
 * @param partition the partition of the usage topics that carries it
 * @param terms what a day's penalty costs it
 * @param order what money that comes in now pays first
 * @param products what each of its open bills is for; grows with what is booked
 * @param books its balances; not changed before the account is opened
 * @param debts its debts as stored
 * @param draws its draws on credit as stored
 * @param accruedTo up to when penalties are accrued
 * @param lastMovementAt when its last movement was booked
 * @param debtToldAt up to when what fell due was told
 * @param nextSequence the number of its next movement
 * @param told the arrears it was told of
 */
record StoredAccount(
    AccountId id,
    int partition,
    PenaltyTerms terms,
    AllocationOrder order,
    Map<BillId, ProductId> products,
    Books books,
    List<Debt> debts,
    List<Draw> draws,
    Instant accruedTo,
    Instant lastMovementAt,
    Instant debtToldAt,
    long nextSequence,
    Collection<Told> told) {

  /** How the debts differ from what they are now. */
  Changes<Debt> debtChanges(Books now) {
    return Changes.between(debts, now.debts(), debt -> List.of(debt.bill(), debt.dueAt()));
  }

  /** How the draws differ from what they are now. */
  Changes<Draw> drawChanges(Books now) {
    return Changes.between(draws, now.draws(), draw -> List.of(draw.bill(), draw.drawnAt()));
  }
}
