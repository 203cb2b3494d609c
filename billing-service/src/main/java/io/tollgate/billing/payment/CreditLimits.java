package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Amounts;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sets how much credit accounts may draw. A raised limit covers what is owed at once; a lowered one
 * takes back no draw (section 4).
 */
@Component
class CreditLimits {
  private final Transactions transactions;
  private final Ledger ledger;
  private final AuditTrail trail;
  private final BusinessClock clock;

  CreditLimits(Transactions transactions, Ledger ledger, AuditTrail trail, BusinessClock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Sets the limit of an account; the limit it has changes nothing.
   *
   * @param amount a decimal text, 0 or more, in the account's currency
   * @return the limit
   */
  Money set(AccountId account, String amount, String reason, String who) {
    return transactions.runHttp(
        () -> {
          OpenAccount open = ledger.lockOne(account, clock.now());
          Money limit = Amounts.notNegative("amount", amount, open.currency());
          if (!limit.equals(open.balances().creditLimit())) {
            open.book(new Booking.CreditLimited(limit), clock.now());
            ledger.store(List.of(open));
            record(account, who, limit, reason);
          }
          return limit;
        });
  }

  private void record(AccountId account, String who, Money limit, String reason) {
    trail.record(
        new AuditEntry(
            who,
            Optional.of(account),
            "account",
            account.value(),
            "credit limit " + limit,
            Rules.RECHARGE.value(),
            reason));
  }
}
