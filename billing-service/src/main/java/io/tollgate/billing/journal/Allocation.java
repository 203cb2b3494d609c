package io.tollgate.billing.journal;

import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.util.List;

/**
 * What a receipt was used for (C2.2).
 *
 * @param toPrincipal owed principal
 * @param toPenalty unpaid penalty
 * @param toCredit drawn credit restored
 * @param toFunds what remains
 */
public record Allocation(Money toPrincipal, Money toPenalty, Money toCredit, Money toFunds) {

  static Allocation of(List<Leg> legs, CurrencyCode currency) {
    return new Allocation(
        Telling.sum(legs, SubAccount.PRINCIPAL, currency),
        Telling.sum(legs, SubAccount.PENALTY, currency),
        Telling.sum(legs, SubAccount.CREDIT, currency),
        Telling.sum(legs, SubAccount.FUNDS, currency));
  }
}
