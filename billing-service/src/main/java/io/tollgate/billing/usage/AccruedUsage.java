package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.Window;
import java.util.List;

/**
 * The month-to-date cost of cycles that are not closed yet; it reduces available credit.
 *
 * <p>Implemented by charging; used by whatever shows or watches balances.
 */
public interface AccruedUsage {

  /**
   * A cycle that is not closed yet.
   *
   * @param cycle how long its product's cycles are
   * @param window the whole of it
   * @param cost what it would cost if it ended now
   */
  record OpenCycle(BillingCycle cycle, Window window, Money cost) {}

  /** The account's open cycles, as far as they can be rated. */
  List<OpenCycle> openCycles(AccountId account, CurrencyCode currency);

  /**
   * What the account's open cycles would cost if they ended now. What cannot be rated or is set
   * aside costs nothing yet.
   */
  default Money of(AccountId account, CurrencyCode currency) {
    return openCycles(account, currency).stream()
        .map(OpenCycle::cost)
        .reduce(Money.zero(currency), Money::plus);
  }
}
