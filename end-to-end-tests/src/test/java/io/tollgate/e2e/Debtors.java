package io.tollgate.e2e;

import io.tollgate.e2e.testing.Cloud;
import java.time.LocalDate;
import java.util.List;

/**
 * Accounts that have 40, use 100 of what costs 1 in the hour before 10:00 local time of a day, and
 * so owe 60 from then on.
 */
final class Debtors {

  private static final String PER_UNIT =
      "'meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'1'},'scope':'CYCLE'}]";

  private Debtors() {}

  /** Adds the meter {@code units}, the product {@code vm} billed hourly, and the accounts. */
  static void appear(Cloud cloud, LocalDate day, List<String> accounts) {
    cloud.meter("units", "SUM", day + "T00:00");
    cloud.product("vm", "HOUR");
    var unused = cloud.price("vm", day + "T00:00", PER_UNIT);
    accounts.forEach(account -> cloud.open(account, "vm"));
    // Billing must know the accounts before it can take their money.
    cloud.deployment().settle();
    for (String account : accounts) {
      unused = cloud.recharge(account, "40.00");
      cloud.use(account, "units", day + "T09:30", "100");
    }
  }
}
