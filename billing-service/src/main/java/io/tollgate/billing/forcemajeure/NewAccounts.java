package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.account.AccountOpening;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.model.AccountId;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Applies declarations for all accounts that have not ended to an account that opens (C10.1). */
@Component
class NewAccounts implements AccountOpening {
  private final JdbcForceMajeure repository;
  private final Ledger ledger;

  NewAccounts(JdbcForceMajeure repository, Ledger ledger) {
    this.repository = repository;
    this.ledger = ledger;
  }

  @Override
  public void opened(AccountId account, Instant at) {
    List<Declaration> declared = repository.ofAll(at);
    if (!declared.isEmpty()) {
      OpenAccount open = ledger.lockOne(account, at);
      declared.forEach(each -> open.publish(each.eventFor(account)));
      ledger.store(List.of(open));
    }
  }
}
