package io.tollgate.billing.journal;

import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a receipt was used for when it was booked (C2.2). The parts add up to the receipt. Throws
 * {@link IllegalArgumentException} if a part is negative.
 *
 * @param toPrincipal paid for unpaid principal, 0 or more
 * @param toPenalty paid for unpaid penalty, 0 or more
 * @param toCredit drawn credit that it restored, 0 or more
 * @param toFunds the rest, 0 or more
 */
public record Allocation(Money toPrincipal, Money toPenalty, Money toCredit, Money toFunds) {
  public Allocation {
    if (Stream.of(toPrincipal, toPenalty, toCredit, toFunds).anyMatch(Money::isNegative)) {
      throw new IllegalArgumentException(
          "a receipt is used for nothing negative: %s, %s, %s, %s"
              .formatted(toPrincipal, toPenalty, toCredit, toFunds));
    }
  }

  /** Adds up the legs of a receipt by sub-account. */
  public static Allocation of(List<Leg> legs, CurrencyCode currency) {
    return new Allocation(
        AccountEvents.sum(legs, SubAccount.PRINCIPAL, currency),
        AccountEvents.sum(legs, SubAccount.PENALTY, currency),
        AccountEvents.sum(legs, SubAccount.CREDIT, currency),
        AccountEvents.sum(legs, SubAccount.FUNDS, currency));
  }
}
