package io.tollgate.billing.payment;

import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ReasonText;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The credit limit of an account over HTTP (section 4). */
@RestController
class CreditController {
  private final CreditLimits limits;

  CreditController(CreditLimits limits) {
    this.limits = limits;
  }

  /**
   * A limit to be set.
   *
   * @param amount a decimal text, 0 or more
   * @param reason why, for the audit trail
   */
  record NewLimit(String amount, Optional<String> reason) {
    NewLimit {
      amount = Fields.required("amount", amount);
      reason = reason.map(ReasonText::required);
    }
  }

  /** The limit in force. */
  record Limit(AccountId account, Money amount) {}

  @PutMapping("/v1/accounts/{account}/credit-limit")
  Limit set(@PathVariable AccountId account, @RequestBody NewLimit body, Caller caller) {
    String reason = body.reason().orElse("set by an operator");
    return new Limit(account, limits.set(account, body.amount(), reason, caller.subject()));
  }
}
