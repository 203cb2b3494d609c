package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.account.AccountOpening;
import io.tollgate.billing.journal.JdbcLedger;
import io.tollgate.billing.journal.JdbcLedgerWriter;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.model.AccountId;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells an account that opens what was declared for every account and has not ended (C10.1). */
@Component
class NewAccounts implements AccountOpening {
  private final JdbcForceMajeure repository;
  private final JdbcLedger ledger;
  private final JdbcLedgerWriter writer;

  NewAccounts(JdbcForceMajeure repository, JdbcLedger ledger, JdbcLedgerWriter writer) {
    this.repository = repository;
    this.ledger = ledger;
    this.writer = writer;
  }

  @Override
  public void opened(AccountId account, Instant at) {
    List<Declaration> declared = repository.ofAll(at);
    if (!declared.isEmpty()) {
      OpenAccount open = ledger.lockOne(account, at);
      declared.forEach(each -> open.tell(each.tellingOf(account)));
      writer.store(List.of(open));
    }
  }
}
