package io.tollgate.billing.payment;

import io.tollgate.model.AccountId;
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

/** Payee accounts over HTTP (C2.2, A). */
@RestController
class PayeeAccountController {
  private static final int MAX_AGREEMENT = 128;

  private final PayeeAccounts payees;
  private final JdbcPayeeAccounts repository;

  PayeeAccountController(PayeeAccounts payees, JdbcPayeeAccounts repository) {
    this.payees = payees;
    this.repository = repository;
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
      agreement = agreement.map(text -> Fields.text("agreement", text, MAX_AGREEMENT));
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
    return payees.assign(
        Fields.key("payee", payee), body.account(), body.agreement().orElse(""), caller.subject());
  }

  @GetMapping("/v1/payee-accounts")
  Page<PayeeAccount> list(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return Page.byId(limit, cursor, repository::list, PayeeAccount::payee);
  }

  @GetMapping("/v1/accounts/{account}/payee-account")
  Own own(@PathVariable AccountId account) {
    Optional<String> payee = payees.of(account).map(PayeeAccount::payee);
    return new Own(
        account, payee.isPresent() ? Own.State.ASSIGNED : Own.State.NOT_YET_AVAILABLE, payee);
  }
}
