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
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ReasonText;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sets how much credit an account may draw. A raised limit covers what is owed at once; what is
 * drawn above a lowered limit stays drawn (section 4).
 */
@RestController
class CreditController {
  private final Transactions transactions;
  private final Ledger ledger;
  private final AuditTrail trail;
  private final BusinessClock clock;

  CreditController(
      Transactions transactions, Ledger ledger, AuditTrail trail, BusinessClock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * A limit.
   *
   * @param amount a decimal text, 0 or more
   * @param reason why, for the audit trail
   */
  record Amount(String amount, Optional<String> reason) {
    Amount {
      amount = Fields.required("amount", amount);
      reason = reason.map(ReasonText::required);
    }
  }

  /** What is set now. */
  record Set(AccountId account, Money amount) {}

  @PutMapping("/v1/accounts/{account}/credit-limit")
  Set creditLimit(@PathVariable AccountId account, @RequestBody Amount body, Caller caller) {
    return transactions.runHttp(
        () -> {
          OpenAccount open = ledger.lockOne(account, clock.now());
          Money limit = Amounts.notNegative("amount", body.amount(), open.currency());
          if (!limit.equals(open.balances().creditLimit())) {
            open.book(new Booking.CreditLimited(limit), clock.now());
            ledger.store(List.of(open));
            record(account, caller, "credit limit " + limit, body);
          }
          return new Set(account, limit);
        });
  }

  private void record(AccountId account, Caller caller, String what, Amount body) {
    trail.record(
        new AuditEntry(
            caller.subject(),
            Optional.of(account),
            "account",
            account.value(),
            what,
            Rules.RECHARGE.value(),
            body.reason().orElse("set by an operator")));
  }
}
