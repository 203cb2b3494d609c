package io.tollgate.billing.lowbalance;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Low-balance notices over HTTP (C2.2, C7.3). */
@RestController
class LowBalanceController {
  private static final int MAX_DAYS = 90;

  private final LowBalanceRequests requests;

  LowBalanceController(LowBalanceRequests requests) {
    this.requests = requests;
  }

  /**
   * The available balance below which the account is notified.
   *
   * @param amount a decimal text, 0 or more
   * @param reason why, for the audit trail
   */
  record Threshold(String amount, Optional<String> reason) {
    Threshold {
      amount = Fields.required("amount", amount);
    }
  }

  /**
   * How many days ahead the account is notified that its balance will be exhausted.
   *
   * @param days 1 to 90, or 0 for never
   * @param reason why, for the audit trail
   */
  record Forecast(@Nullable Integer days, Optional<String> reason) {
    int daysOrRefuse() {
      if (days == null || days < 0 || days > MAX_DAYS) {
        throw ProblemException.invalid(
            "days", "must be from 1 to " + MAX_DAYS + ", or 0 for never");
      }
      return days;
    }
  }

  @GetMapping("/v1/accounts/{account}/low-balance")
  LowBalanceRequests.State state(@PathVariable AccountId account) {
    return requests.state(account);
  }

  @PutMapping("/v1/accounts/{account}/low-balance-threshold")
  LowBalanceRequests.State threshold(
      @PathVariable AccountId account, @RequestBody Threshold body, Caller caller) {
    return requests.threshold(account, body.amount(), why(body.reason()), caller.subject());
  }

  @PutMapping("/v1/accounts/{account}/low-balance-forecast")
  LowBalanceRequests.State forecast(
      @PathVariable AccountId account, @RequestBody Forecast body, Caller caller) {
    return requests.forecast(account, body.daysOrRefuse(), why(body.reason()), caller.subject());
  }

  private static String why(Optional<String> reason) {
    return ReasonText.optional(reason, "requested by the caller");
  }
}
