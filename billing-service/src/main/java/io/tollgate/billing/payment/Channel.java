package io.tollgate.billing.payment;

import io.tollgate.billing.journal.SystemAccount;

/** How money comes in (C2.2). */
enum Channel {
  ALIPAY(SystemAccount.ALIPAY),
  ONLINE_BANKING(SystemAccount.ONLINE_BANKING),
  /** Waits for an operator's confirmation and must name the provider's account. */
  REMITTANCE(SystemAccount.REMITTANCE);

  private final SystemAccount account;

  Channel(SystemAccount account) {
    this.account = account;
  }

  /** The provider's side of its postings. */
  SystemAccount account() {
    return account;
  }
}
