package io.tollgate.e2e;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import java.util.List;

/**
 * Accounts that have 40, use 100 of what costs 1 in the hour before 1 March 2026 10:00 local time,
 * and so owe 60 from then on.
 */
final class Debtors {

  private static final String PER_UNIT =
      "'meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'1'},'scope':'CYCLE'}]";

  private Debtors() {}

  /** Adds the meter {@code units}, the product {@code vm} billed hourly, and the accounts. */
  static void appear(Deployment deployment, Cloud cloud, List<String> accounts) {
    cloud.meter("units", "SUM", "2026-03-01T00:00");
    cloud.product("vm", "HOUR");
    var unused = cloud.price("vm", "2026-03-01T00:00", PER_UNIT);
    accounts.forEach(account -> cloud.open(account, "vm"));
    // Billing must know the accounts before it can take their money.
    deployment.settle();
    for (String account : accounts) {
      unused = cloud.recharge(account, "40.00");
      cloud.use(account, "units", "2026-03-01T09:30", "100");
    }
  }
}
