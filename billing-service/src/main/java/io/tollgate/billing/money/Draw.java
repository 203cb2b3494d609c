package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;

/**
 * Credit that covers a bill from an instant on. A bill has a second draw when a reversal or a
 * raised limit covers a further part of it later.
 *
 * @param bill the bill
 * @param drawnAt when it was drawn: the oldest is restored first (section 4)
 * @param amount what is still drawn, above 0
 */
public record Draw(BillId bill, Instant drawnAt, Money amount) implements Comparable<Draw> {
  public Draw {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a draw of " + amount + "; it must be above 0");
    }
  }

  Pot.Drawn pot() {
    return new Pot.Drawn(bill, drawnAt);
  }

  Draw withAmount(Money value) {
    return new Draw(bill, drawnAt, value);
  }

  /** The order in which draws are restored. */
  @Override
  public int compareTo(Draw other) {
    int byTime = drawnAt.compareTo(other.drawnAt);
    return byTime != 0 ? byTime : bill.compareTo(other.bill);
  }
}
