package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.Page;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Assigns payee accounts to customers and shows them (C2.2, A). */
@RestController
class PayeeAccountController {
  private static final int MAX_AGREEMENT = 128;

  private final PayeeAccounts payees;
  private final Ledger ledger;
  private final Transactions transactions;
  private final AuditTrail trail;
  private final BusinessClock clock;

  PayeeAccountController(
      PayeeAccounts payees,
      Ledger ledger,
      Transactions transactions,
      AuditTrail trail,
      BusinessClock clock) {
    this.payees = payees;
    this.ledger = ledger;
    this.transactions = transactions;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Whose a payee account becomes.
   *
   * @param account the customer's account
   * @param agreement the agreement under which it is assigned
   */
  record Assignment(AccountId account, Optional<String> agreement) {
    Assignment {
      account = Fields.required("account", account);
    }
  }

  /**
   * The payee account of an account.
   *
   * @param state whether one was assigned
   * @param payee its number, to remit to
   */
  record Own(AccountId account, State state, Optional<String> payee) {
    /** Whether money can be remitted. */
    enum State {
      ASSIGNED,
      NOT_YET_AVAILABLE
    }
  }

  @PutMapping("/v1/payee-accounts/{payee}")
  PayeeAccount assign(@PathVariable String payee, @RequestBody Assignment body, Caller caller) {
    PayeeAccount assigned =
        new PayeeAccount(
            Fields.key("payee", payee),
            body.account(),
            body.agreement().map(text -> Fields.text("agreement", text, MAX_AGREEMENT)).orElse(""),
            clock.now());
    return transactions.runHttp(
        () -> {
          var unused = ledger.lockOne(body.account(), clock.now());
          if (payees.assign(assigned, caller.subject())) {
            trail.record(
                new AuditEntry(
                    caller.subject(),
                    Optional.of(body.account()),
                    "payee-account",
                    payee,
                    "assigned to account " + body.account(),
                    Rules.RECHARGE.value(),
                    assigned.agreement()));
          }
          return payees.find(payee).orElseThrow();
        });
  }

  @GetMapping("/v1/payee-accounts")
  Page<PayeeAccount> list(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return Page.byId(limit, cursor, payees::list, PayeeAccount::payee);
  }

  @GetMapping("/v1/accounts/{account}/payee-account")
  Own own(@PathVariable AccountId account) {
    ledger.requireKnown(account);
    Optional<String> payee = payees.of(account).map(PayeeAccount::payee);
    return new Own(
        account, payee.isPresent() ? Own.State.ASSIGNED : Own.State.NOT_YET_AVAILABLE, payee);
  }
}
